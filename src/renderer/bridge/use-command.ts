/** A command as a component sees it: run it, know that it runs, show what went wrong. */
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IpcArgs } from '../../shared/contract/ipc';
import { send, useDesk, type CommandChannel } from './desk';

export interface Command<A> {
  /** `done` hears whether it went through. */
  run: (args: A, done?: (ok: boolean) => void) => void;
  pending: boolean;
  /** Why the last run did not go through, in words fit to show. */
  problem: string | null;
}

export function useCommand<C extends CommandChannel>(channel: C): Command<IpcArgs<C>> {
  const desk = useDesk();
  const { t } = useTranslation();
  const [state, setState] = useState<{ pending: boolean; problem: string | null }>({ pending: false, problem: null });
  const run = useCallback(
    (args: IpcArgs<C>, done?: (ok: boolean) => void) => {
      setState({ pending: true, problem: null });
      // `send` never rejects: faults arrive as outcomes.
      void send(desk, channel, args).then((result) => {
        setState({ pending: false, problem: result.ok ? null : (result.reason ?? t('problem.no_answer')) });
        done?.(result.ok);
      });
    },
    [desk, channel, t],
  );
  return { run, ...state };
}
