/**
 * A desk without windows, made to be killed: `<worker> <file> <relay> <owner>`. Asks for a call that is never answered,
 * hears "never call" over a lead, says `kept` once both are durable, and waits for its end.
 */
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { Dials } from '../../../src/main/dialer/dials';
import { NeverCalls } from '../../../src/main/dialer/never-call';
import { openJournal } from '../../../src/main/journal/journal';
import { createRelayRest } from '../../../src/main/rest/relay-rest';
import { realScheduler as scheduler } from '../../../src/main/timing/scheduler';

const [worker = '', path = '', relay = '', owner = ''] = process.argv.slice(2);
const failed = (cause: unknown) => {
  process.stderr.write(`${String(cause)}\n`);
  process.exit(1);
};
const journal = await openJournal({ worker: pathToFileURL(worker), path, key: 'k', now: Date.now(), failed });
const rest = createRelayRest({ fetch: globalThis.fetch, link: () => ({ relay, token: owner }) });
const common = { journal, rest, scheduler, newId: randomUUID, owner: () => owner, changed: () => undefined, failed };
const neverCalls = new NeverCalls({ ...common, relayTime: (local) => local });
const dials = new Dials({
  ...common,
  ...{ phone: (raw) => ({ raw }), call: () => undefined, calls: () => [], wrapUp: () => 'none' },
  ...{ me: () => owner, local: (instant) => Date.parse(instant) },
  view: () => {
    throw new Error('no call is shown');
  },
});
await dials.start();
await neverCalls.start();
// Ends with the process.
void dials.ask({ body: { phone: '+915551230001', lead: 'lead_1' }, name: 'Priya Sharma' });
await neverCalls.put({
  ...{ lead: 'lead_2', hold: 'hold_2', scope: 'seller', seller: 'Acme', verbatim: 'Stop it', owner },
  phones: ['+13055550142'],
});
process.stdout.write('kept\n');
