/** One call's outcome: what main keeps of it, and the form that is being filled in. */
import { useCallback, useEffect, useState } from 'react';
import type { CallId } from '../../../shared/contract/events';
import type { OutcomeDraft, OutcomeView } from '../../../shared/contract/outcomes';
import { send, useDesk } from '../../bridge/desk';
import { useOutcomes } from '../../bridge/outcomes';
import { useDrafts } from './drafts';
import { EMPTY_FORM } from './outcome-form';

export type OutcomeState =
  | { state: 'loading' }
  | { state: 'unread' }
  | {
      state: 'ready';
      view: OutcomeView;
      form: OutcomeDraft;
      /** Every change is kept as typed; nothing waits for the disk. */
      edit: (form: OutcomeDraft) => void;
      /** The form became an outcome: it starts empty again. */
      saved: () => void;
      /** What was typed last could not be kept by main. */
      unkept: boolean;
    };

/** Reads anew whenever main says that outcomes changed; the form is read once and then belongs to the agent. */
export function useOutcome(call: CallId): OutcomeState {
  const desk = useDesk();
  const outcomes = useOutcomes();
  const drafts = useDrafts();
  const [view, setView] = useState<OutcomeView | 'unread' | null>(null);
  const [form, setForm] = useState<OutcomeDraft | null>(null);
  const [unkept, setUnkept] = useState(false);

  useEffect(() => {
    let current = true;
    desk.request('outcome:get', { call }).then(
      (read) => {
        if (!current) return;
        const own = drafts.get(call);
        const newest = own === undefined || (read.draft?.rev ?? 0) > own.rev ? read.draft : own;
        if (newest !== null) drafts.set(call, newest);
        setForm((before) => before ?? newest?.form ?? EMPTY_FORM);
        setView(read);
      },
      (error: unknown) => {
        reportError(error);
        if (current) setView((before) => before ?? 'unread');
      },
    );
    return () => {
      current = false;
    };
  }, [desk, drafts, call, outcomes]);

  const edit = useCallback(
    (next: OutcomeDraft) => {
      const rev = (drafts.get(call)?.rev ?? 0) + 1;
      drafts.set(call, { rev, form: next });
      setForm(next);
      // Reports its own fault and never rejects; main keeps the newest.
      void send(desk, 'outcome:draft', { call, rev, form: next }).then(({ ok }) => setUnkept(!ok));
    },
    [desk, drafts, call],
  );
  const saved = useCallback(() => {
    drafts.delete(call);
    setForm(EMPTY_FORM);
  }, [drafts, call]);

  if (view === 'unread') return { state: 'unread' };
  if (view === null || form === null) return { state: 'loading' };
  return { state: 'ready', view, form, edit, saved, unkept };
}
