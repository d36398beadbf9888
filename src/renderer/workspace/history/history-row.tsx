import { useTranslation } from 'react-i18next';
import type { CallId } from '../../../shared/contract/events';
import type { HistoryRow, Snippet } from '../../../shared/contract/history';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { Badge, type Tone } from '../../components/badge';
import { useDispositionWords } from '../../components/disposition';
import { whenShort } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import call from '../calls/call-row-button.module.css';
import styles from './history-row.module.css';

const tones: Record<HistoryRow['kind'], Tone> = { answered: 'live', missed: 'blocked', other: 'neutral' };

export function HistoryRowButton({
  row,
  selected,
  onOpen,
}: {
  row: HistoryRow;
  selected: boolean;
  onOpen: (call: CallId) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const dispositionWords = useDispositionWords();
  const number = row.phone?.national ?? row.phone?.raw;
  const name = row.name ?? number ?? t('who.unnamed');
  const when = useTicking((now) => whenShort(row.at, now, locale), NO_SECONDS);
  const outcome = row.agent_disposition ?? row.ai_disposition;
  const why = outcome === undefined ? t(`trigger.${row.trigger}`) : dispositionWords(outcome);
  return (
    <button
      type="button"
      className={`${call.row ?? ''} ${styles.row ?? ''}`}
      aria-current={selected || undefined}
      data-testid={`history-row-${row.call}`}
      onClick={() => onOpen(row.call)}
    >
      <span className={call.line}>
        <span className={call.name} dir="auto" title={name}>
          {name}
        </span>
        <span className={call.when}>{when}</span>
      </span>
      <span className={call.line}>
        <span className={call.why} title={why}>
          {why}
        </span>
        <span className={call.marks}>
          {row.test && <Badge tone="accent">{t('mark.test')}</Badge>}
          <Badge tone={tones[row.kind]}>{t(`past.${row.kind}`)}</Badge>
        </span>
      </span>
      {row.snippet !== undefined && <Found snippet={row.snippet} />}
    </button>
  );
}

/** Where the words were found, with the words marked. Text only. */
function Found({ snippet }: { snippet: Snippet }) {
  const { t } = useTranslation();
  return (
    <span className={styles.found} dir="auto">
      <span className={styles.where}>{t(`past.in_${snippet.where}`)}: </span>
      {snippet.parts.map((part, index) =>
        part.hit ? (
          <mark key={index} className={styles.hit}>
            {part.text}
          </mark>
        ) : (
          <span key={index}>{part.text}</span>
        ),
      )}
    </span>
  );
}
