import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk';
import { NO_ANSWER, useReasonWords } from '../../bridge/reason-words';
import { Button } from '../../components/button';
import { Problem } from '../../components/problem';
import type { HistorySearch } from './use-history';

type State =
  { state: 'idle' } | { state: 'running' } | { state: 'done'; rows: number } | { state: 'failed'; why: string };

/** Writes what the search finds into a file; main asks where. */
export function ExportButton({ search }: { search: HistorySearch }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const words = useReasonWords();
  const [state, setState] = useState<State>({ state: 'idle' });
  const run = () => {
    setState({ state: 'running' });
    const filters = search.kind === 'all' ? {} : { kind: search.kind };
    desk.request('history:export', { text: search.text, filters }).then(
      (reply) => {
        if (!reply.ok) setState({ state: 'failed', why: words(reply) });
        else setState(reply.saved ? { state: 'done', rows: reply.rows } : { state: 'idle' });
      },
      (error: unknown) => {
        reportError(error);
        setState({ state: 'failed', why: words(NO_ANSWER) });
      },
    );
  };
  return (
    <>
      <Button kind="plain" testId="history-export" isPending={state.state === 'running'} onPress={run}>
        {t('past.export')}
      </Button>
      <span role="status">{state.state === 'done' && t('past.exported', { count: state.rows })}</span>
      <Problem words={state.state === 'failed' ? state.why : null} />
    </>
  );
}
