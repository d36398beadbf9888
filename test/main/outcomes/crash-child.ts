/**
 * A desk without windows, made to be killed: takes up what the last run left, then types drafts and saves outcomes, call
 * after call. Says on stdout what was typed and what was answered, one word at a time.
 */
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { outcomeSettingsSchema } from '../../../src/shared/contract/outcomes';
import { openJournal } from '../../../src/main/journal/journal';
import { Outcomes } from '../../../src/main/outcomes/outcomes';
import { realScheduler as scheduler } from '../../../src/main/timing/scheduler';

/** Keystrokes per note, and their pace: a very fast typist. */
const KEYSTROKES = 6;
const PACE_MS = 3;

const [worker = '', path = '', relay = '', first = '0', last = '0'] = process.argv.slice(2);
const say = (...words: (string | number)[]) => process.stdout.write(`${words.join(' ')}\n`);
const fail = (cause: unknown) => {
  process.stderr.write(`${String(cause)}\n`);
  process.exit(1);
};
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const journal = await openJournal({ worker: pathToFileURL(worker), path, key: 'k', now: Date.now(), failed: fail });
const outcomes = new Outcomes({
  journal,
  scheduler,
  random: () => 0,
  newId: randomUUID,
  fetch: globalThis.fetch,
  link: () => ({ relay, token: 't' }),
  relayTime: (local) => local,
  relayTree: () => null,
  relayNamed: () => [],
  settings: () => outcomeSettingsSchema.parse({}),
  owner: () => 'team/asha',
  call: () => undefined,
  state: { chosen: () => 'available', apply: () => undefined, queued: () => undefined },
  publish: () => undefined,
  trace: () => undefined,
  failed: (what, cause) => fail(`${what} ${String(cause)}`),
});
await outcomes.start();
say('ready', journal.storage.kept);

for (let n = Number(first); n < Number(last); n += 1) {
  const call = `vinfer:call_${n}`;
  const view = await outcomes.get(call);
  say('restored', call, view.draft?.rev ?? 0, view.draft?.form.notes.length ?? 0, view.trail.length);
  let rev = view.draft?.rev ?? 0;
  if (view.trail.length === 0) {
    const acks: Promise<unknown>[] = [];
    while (rev < KEYSTROKES) {
      rev += 1;
      const typed = rev;
      say('typed', call, typed);
      const form = { path: [], notes: 'x'.repeat(typed), callback: null, dnc: null };
      acks.push(outcomes.draft(call, typed, form).then(() => say('kept', call, typed)));
      await rest(PACE_MS);
    }
    await Promise.all(acks);
    const reply = await outcomes.save(call, { path: ['interested'], notes: call });
    if (!reply.ok) fail(reply.reason);
  }
  say('saved', call);
}
while ((await journal.ask('outcomeCounts')).waiting > 0) await rest(10);
say('drained');
