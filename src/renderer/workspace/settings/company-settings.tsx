import { useTranslation } from 'react-i18next';
import { SettingsGroup } from './settings-group';
import { usePolicy } from './locked';

/** What the company set, where it set anything, and what is wrong with its file. */
export function CompanySettings() {
  const { t } = useTranslation();
  const policy = usePolicy();
  if (policy === null || policy.state === 'none') return null;
  const { state, file, crm_hosts: hosts } = policy;
  return (
    <SettingsGroup title={t('policy.title')}>
      <p data-testid="policy-state">{t(`policy.${state}`)}</p>
      {hosts !== undefined && (
        <p>{hosts.length === 0 ? t('policy.no_crm') : t('policy.crm', { hosts: hosts.join(', ') })}</p>
      )}
      <p dir="ltr">{file}</p>
    </SettingsGroup>
  );
}
