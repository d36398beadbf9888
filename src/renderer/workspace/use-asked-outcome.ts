/** Which call's outcome was asked for, from the top bar: among the present calls, or else in the history. */
import { useState } from 'react';
import type { CallId } from '../../shared/contract/events';
import { send, useDesk } from '../bridge/desk';
import type { Page } from './pages';

/** `times` counts up, so that the same call can be asked for again. */
export interface OutcomeAsked {
  call: CallId;
  times: number;
}

export interface AskedOutcome {
  present: OutcomeAsked | undefined;
  past: OutcomeAsked | undefined;
  ask: (call: CallId) => void;
  /** The person goes elsewhere: the history begins at its list again. */
  forgetPast: () => void;
}

export function useAskedOutcome(show: (page: Page) => void): AskedOutcome {
  const desk = useDesk();
  const [present, setPresent] = useState<OutcomeAsked>();
  const [past, setPast] = useState<OutcomeAsked>();
  return {
    present,
    past,
    ask: (call) => {
      const again = (before: OutcomeAsked | undefined) => ({ call, times: (before?.times ?? 0) + 1 });
      // Reports its own fault and never rejects.
      void send(desk, 'call:open', { call }).then(({ ok }) => {
        if (ok) setPresent(again);
        else setPast(again);
        show(ok ? 'calls' : 'history');
      });
    },
    forgetPast: () => setPast(undefined),
  };
}
