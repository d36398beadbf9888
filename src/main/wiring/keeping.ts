/** What outlives the desk: drafts, outcomes on their way to the relay, history. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { callView } from '../calls/call-view';
import { isCheckCall } from '../desk-check/desk-check';
import { journalKey, Keeping } from '../outcomes/keeping';
import { phoneView } from '../phones/phone-view';
import { realScheduler as scheduler } from '../timing/scheduler';
import { viewOf } from './model';
import type { Parts } from './parts';

export function wireKeeping(parts: Parts): void {
  const { log, trace } = parts.observed;
  const { profile } = parts.places;
  parts.keeping = new Keeping({
    file: { path: path.join(profile, 'journal.db'), key: journalKey(parts.vault) },
    relayOutcomes: path.join(profile, 'relay-outcomes.json'),
    worker: parts.places.journalWorker,
    scheduler,
    random: Math.random,
    newId: randomUUID,
    fetch: globalThis.fetch,
    link: () => parts.connection.rest,
    owner: () => parts.connection.signedInAs,
    relayTime: (local) => local + parts.desk.clock.now() - scheduler.now(),
    local: (instant) => parts.desk.clock.local(instant),
    settings: () => parts.settings.get().outcomes,
    keepDays: () => parts.settings.get().history.keep_days,
    call: (id) => (isCheckCall(id) ? undefined : parts.desk.book.get(id)),
    calls: () => [...parts.desk.book.all()].filter(({ call }) => !isCheckCall(call)),
    me: () => parts.desk.me?.id,
    late: (call) => parts.desk.pops.isLate(call),
    phone: phoneView,
    view: (call) => callView(call, viewOf(parts)),
    state: {
      chosen: () => parts.desk.chosen,
      // An outcome, never a rejection; the new state shows in the views.
      apply: (state) => void parts.desk.followState(state),
      queued: (state) => parts.desk.remember(state),
    },
    publish: (view) => {
      parts.windows.send('workspace', 'outcomes:view', view);
      parts.dialling.outcomesChanged();
      // The tray shows what comes after the wrap-up.
      parts.published.refresh('desk');
    },
    trace: (mark, call, outcome) => trace(mark, call, outcome),
    opened: (storage) => {
      log.info('journal.opened', storage.kept === 'disk' ? { kept: 'disk' } : { kept: 'memory', why: storage.why });
      if (storage.kept === 'memory' && storage.why === 'no_key') parts.notices.add('nothing_kept');
    },
    failed: log.error,
  });
}
