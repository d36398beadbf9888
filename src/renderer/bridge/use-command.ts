/** A command as a component sees it: run it, know that it runs, show what went wrong. */
import { useCallback, useState } from 'react';
import type { IpcArgs } from '../../shared/contract/ipc';
import { send, useDesk, type CommandChannel, type CommandResult } from './desk';
import { useReasonWords } from './reason-words';

export interface Command<A> {
  /** `done` hears whether it went through. */
  run: (args: A, done?: (ok: boolean) => void) => void;
  pending: boolean;
  /** Why the last run did not go through, in words fit to show. */
  problem: string | null;
}

export function useCommand<C extends CommandChannel>(channel: C): Command<IpcArgs<C>> {
  const desk = useDesk();
  const words = useReasonWords();
  const [state, setState] = useState<{ pending: boolean; result: CommandResult }>({
    pending: false,
    result: { ok: true },
  });
  const run = useCallback(
    (args: IpcArgs<C>, done?: (ok: boolean) => void) => {
      setState({ pending: true, result: { ok: true } });
      // `send` never rejects: faults arrive as outcomes.
      void send(desk, channel, args).then((result) => {
        setState({ pending: false, result });
        done?.(result.ok);
      });
    },
    [desk, channel],
  );
  return { run, pending: state.pending, problem: state.result.ok ? null : words(state.result) };
}
