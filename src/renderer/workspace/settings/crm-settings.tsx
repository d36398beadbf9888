import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form } from 'react-aria-components/Form';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField } from 'react-aria-components/TextField';
import type { CrmLinkSettings } from '../../../shared/contract/crm-link';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import { SettingsGroup } from './settings-group';
import styles from './team-form.module.css';
import { Toggle } from './toggle';

/** Fields of a template, as main reads them. */
const FIELDS = '{phone} {phone_digits} {name} {call} {platform} {campaign} {agent}';
const EXAMPLE = 'https://crm.example.com/search?phone={phone}';

const hostsIn = (typed: string) => typed.split(/[\s,]+/).filter((host) => host !== '');

/** Where a call leads in the CRM. Kept only when main can use it: what is wrong is said below the settings. */
export function CrmSettings({
  crm,
  onCrm,
}: {
  crm: CrmLinkSettings | undefined;
  onCrm: (crm: CrmLinkSettings | undefined) => void;
}) {
  const { t } = useTranslation();
  const [template, setTemplate] = useState(crm?.template ?? '');
  const [hosts, setHosts] = useState(crm?.hosts.join(', ') ?? '');
  const wanted = (changes: Partial<CrmLinkSettings> = {}): CrmLinkSettings => ({
    template: template.trim(),
    hosts: hostsIn(hosts),
    open_on_claim: crm?.open_on_claim ?? false,
    ...changes,
  });
  return (
    <SettingsGroup title={t('crm.title')}>
      <Form
        className={styles.form ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          onCrm(template.trim() === '' ? undefined : wanted());
        }}
      >
        <TextField className={field.field ?? ''} value={template} onChange={setTemplate} maxLength={1000} type="text">
          <Label className={field.label ?? ''}>{t('crm.template')}</Label>
          <Input
            className={field.input ?? ''}
            data-testid="crm-template"
            placeholder={EXAMPLE}
            dir="ltr"
            spellCheck={false}
          />
          <Text slot="description" className={field.about ?? ''}>
            {t('crm.template_about')} <bdi>{FIELDS}</bdi>
          </Text>
        </TextField>
        <TextField className={field.field ?? ''} value={hosts} onChange={setHosts} maxLength={2000} type="text">
          <Label className={field.label ?? ''}>{t('crm.hosts')}</Label>
          <Input
            className={field.input ?? ''}
            data-testid="crm-hosts"
            placeholder="crm.example.com"
            dir="ltr"
            spellCheck={false}
          />
          <Text slot="description" className={field.about ?? ''}>
            {t('crm.hosts_about')}
          </Text>
        </TextField>
        <div className={styles.end}>
          <Button type="submit" testId="crm-save">
            {t('crm.save')}
          </Button>
        </div>
      </Form>
      {crm !== undefined && (
        <Toggle
          label={t('crm.on_claim')}
          value={crm.open_on_claim}
          onChange={(open_on_claim) => onCrm({ ...crm, open_on_claim })}
        />
      )}
    </SettingsGroup>
  );
}
