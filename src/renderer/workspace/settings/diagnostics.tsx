import { useTranslation } from 'react-i18next';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { Problem } from '../../components/problem';
import { SettingsGroup } from './settings-group';

/** What helps whoever looks after this desk. */
export function Diagnostics() {
  const { t } = useTranslation();
  const { run, pending, problem } = useCommand('logs:open');
  return (
    <SettingsGroup title={t('settings.diagnostics')}>
      <p>{t('settings.logs_about')}</p>
      <div>
        <Button testId="open-logs" isPending={pending} onPress={() => run({})}>
          {t('settings.open_logs')}
        </Button>
      </div>
      <Problem words={problem} />
      <p data-testid="versions">{t('settings.versions')}</p>
    </SettingsGroup>
  );
}
