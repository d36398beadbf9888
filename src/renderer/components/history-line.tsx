import { useTranslation } from 'react-i18next';
import type { ContactHistoryView } from '../../shared/contract/views';
import { NO_SECONDS, useTicking } from '../bridge/clock';
import { whenShort } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import { useDispositionWords } from './disposition';
import styles from './history-line.module.css';

/** Earlier calls in one line. It comes a moment later than the rest: its line is there from the start. */
export function HistoryLine({ history }: { history: ContactHistoryView }) {
  return (
    <p className={styles.line} data-state={history.state} aria-live="off">
      <HistoryWords history={history} />
    </p>
  );
}

function HistoryWords({ history }: { history: ContactHistoryView }) {
  const { t } = useTranslation();
  switch (history.state) {
    case 'loading':
      return t('history.loading');
    case 'unavailable':
      return t('history.unavailable');
    case 'ready':
      return (
        <>
          {history.calls_30d === 0 ? t('history.none') : t('history.calls', { count: history.calls_30d })}
          {history.last !== undefined && <LastCall last={history.last} />}
        </>
      );
  }
}

function LastCall({ last }: { last: { at: number; disposition?: string | undefined } }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const dispositionWords = useDispositionWords();
  const date = useTicking((now) => whenShort(last.at, now, locale), NO_SECONDS);
  return (
    <>
      {', '}
      {last.disposition === undefined
        ? t('history.last_plain', { date })
        : t('history.last', { date, outcome: dispositionWords(last.disposition) })}
    </>
  );
}
