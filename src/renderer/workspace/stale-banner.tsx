import { useTranslation } from 'react-i18next';
import type { ConnectionView } from '../../shared/contract/views';
import { Banner } from '../components/banner';
import { timeOfDay } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';

/** What an outage means for the agent, across the page for as long as it lasts. */
export function StaleBanner({ connection }: { connection: ConnectionView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <div role="status">
      {connection.state === 'reconnecting' && (
        <Banner tone="blocked" icon="alert">
          {t('stale.workspace', { time: timeOfDay(connection.since, locale) })}
        </Banner>
      )}
      {connection.state === 'stopped' && connection.reason !== 'not_configured' && (
        <Banner tone="blocked" icon="alert" testId="stale-stopped">
          {t('stale.stopped')}
        </Banner>
      )}
    </div>
  );
}
