import { useTranslation } from 'react-i18next';
import { usePageView } from '../../bridge/page-views';
import { EmptyState } from '../../components/empty-state';
import { DialTiles } from './dial-tiles';
import styles from './dialer-page.module.css';
import { LeadCard } from './lead-card';
import { NoLead } from './no-lead';

/** One lead in the middle, the calls that are under way beside it. */
export function DialerPage({ supervisor }: { supervisor: boolean }) {
  const { t } = useTranslation();
  const view = usePageView('dialer');
  if (view === undefined) return <EmptyState icon="hourglass" title={t('app.starting')} />;
  const { preview, calls, limit } = view;
  const beside = calls.length > 0 || (limit?.under_way ?? 0) > 0;
  const wrappingUp = calls.some(({ call }) => call?.phase === 'ended' || call?.phase === 'failed');
  return (
    <div className={styles.page} data-calls={beside || undefined}>
      <h1 className="visually-hidden">{t('nav.dialer')}</h1>
      <div className={styles.lead}>
        {preview.state === 'open' ? (
          <LeadCard
            key={preview.lead.id}
            lead={preview.lead}
            lease={preview.lease}
            timer={preview.timer}
            supervisor={supervisor}
            callKey={!wrappingUp}
            calling={calls.some(({ phone, state }) =>
              preview.lead.numbers.some(({ e164 }) => e164 === phone.raw && state !== 'made'),
            )}
          />
        ) : (
          <NoLead preview={preview} />
        )}
      </div>
      {beside && (
        <aside className={styles.calls} aria-label={t('dialer.calls')}>
          <DialTiles calls={calls} limit={limit} />
        </aside>
      )}
    </div>
  );
}
