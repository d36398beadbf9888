import { useTranslation } from 'react-i18next';
import { useOutcomes } from '../bridge/outcomes';
import { Badge } from '../components/badge';

/** Outcomes that have not reached the relay: always in sight while there are any. */
export function PendingOutcomes() {
  const { t } = useTranslation();
  const outcomes = useOutcomes();
  return (
    <span role="status" data-testid="pending-outcomes">
      {outcomes !== undefined && outcomes.waiting > 0 && (
        <Badge tone="waiting" icon="hourglass">
          {t('pending.waiting', { count: outcomes.waiting })}
        </Badge>
      )}
      {outcomes !== undefined && outcomes.refused > 0 && (
        <Badge tone="blocked" icon="alert">
          {t('pending.refused', { count: outcomes.refused })}
        </Badge>
      )}
    </span>
  );
}
