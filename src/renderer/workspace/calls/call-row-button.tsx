import { useTranslation } from 'react-i18next';
import type { CallId } from '../../../shared/contract/events';
import type { CallRow } from '../../../shared/contract/views';
import { useOutcomes } from '../../bridge/outcomes';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { Badge } from '../../components/badge';
import { agoWords } from '../../components/escalated-clock';
import { AGO_CALM_MS, timeOfDay, whenShort } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './call-row-button.module.css';

/** Two lines of one call: who and when, why and whose. */
export function CallRowButton({
  row,
  selected,
  onOpen,
}: {
  row: CallRow;
  selected: boolean;
  onOpen: (call: CallId) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const number = row.phone?.national ?? row.phone?.raw;
  const name = row.name ?? number ?? t('who.unnamed');
  const why = [t(`trigger.${row.trigger}`), row.name === undefined ? undefined : number].filter(Boolean).join(' · ');
  const counts = row.group === 'waiting' || row.group === 'live';
  const when = useTicking(
    (now) =>
      counts ? (agoWords(row.at, now, t, locale) ?? timeOfDay(row.at, locale)) : whenShort(row.at, now, locale),
    counts ? row.at + AGO_CALM_MS : NO_SECONDS,
  );
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={selected || undefined}
      data-row
      data-claim={row.claim}
      data-testid={`call-row-${row.call}`}
      onClick={() => onOpen(row.call)}
    >
      <span className={styles.line}>
        <span className={styles.name} dir="auto" title={name}>
          {name}
        </span>
        <span className={styles.when}>{when}</span>
      </span>
      <span className={styles.line}>
        <span className={styles.why} title={why}>
          {t(`trigger.${row.trigger}`)}
          {row.name !== undefined && number !== undefined && (
            <>
              {' · '}
              <bdi>{number}</bdi>
            </>
          )}
        </span>
        <span className={styles.marks}>
          <OutcomeMark call={row.call} />
          {row.test && <Badge tone="accent">{t('mark.test')}</Badge>}
          {row.late && <Badge tone="waiting">{t('mark.late')}</Badge>}
          {row.claim === 'mine' && <Badge tone="live">{t('calls.mine')}</Badge>}
          {row.claim === 'other' && <TakenBy name={row.claimed_by} />}
        </span>
      </span>
    </button>
  );
}

/** The outcome of this call is not where it should be. */
function OutcomeMark({ call }: { call: CallId }) {
  const { t } = useTranslation();
  const state = useOutcomes()?.calls.find((known) => known.call === call)?.state;
  if (state === 'refused') {
    return (
      <Badge tone="blocked" icon="alert">
        {t('pending.row_refused')}
      </Badge>
    );
  }
  if (state !== 'waiting' && state !== 'saved') return null;
  return (
    <Badge tone="waiting" icon="hourglass">
      {t('pending.row_waiting')}
    </Badge>
  );
}

function TakenBy({ name }: { name: string | undefined }) {
  const { t } = useTranslation();
  const shown = name ?? t('transcript.agent');
  return (
    <Badge icon="person" why={t('claim.other', { name: shown })}>
      <bdi>{shown}</bdi>
    </Badge>
  );
}
