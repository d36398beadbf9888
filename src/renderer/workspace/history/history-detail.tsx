import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId } from '../../../shared/contract/events';
import type { HistoryCall } from '../../../shared/contract/history';
import { useDesk } from '../../bridge/desk';
import { useOutcomes } from '../../bridge/outcomes';
import { EmptyState } from '../../components/empty-state';
import { CallDetail } from '../calls/call-detail';

/** One call of the past, as far as this desk still keeps it. */
export function HistoryDetail({ call, onBack }: { call: CallId; onBack: () => void }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const outcomes = useOutcomes();
  const [kept, setKept] = useState<HistoryCall | 'unread' | null>(null);
  useEffect(() => {
    let current = true;
    desk.request('history:call', { call }).then(
      (read) => {
        if (current) setKept(read);
      },
      (error: unknown) => {
        reportError(error);
        if (current) setKept('unread');
      },
    );
    return () => {
      current = false;
    };
  }, [desk, call, outcomes]);
  if (kept === null) return <EmptyState icon="hourglass" title={t('past.searching')} />;
  if (kept === 'unread') return <EmptyState icon="alert" title={t('past.unread')} alert />;
  if (kept.call === null) return <EmptyState icon="info" title={t('past.gone')} />;
  return <CallDetail call={kept.call} group="ended" decided={kept.outcomes.length > 0} onBack={onBack} />;
}
