/** Proves from a system call trace that no 200 leaves before the sync that covers its row. */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { RelayHost } from '../support/chaos/relay-host';
import { straceMissing, witness } from '../support/chaos/strace';
import { syncOrder } from '../support/chaos/sync-order';
import { skipped, verdictOf, type FaultOptions, type Verdict } from '../support/chaos/verdict';
import { eventIdOf, webhookBody, webhookRequest } from '../support/chaos/webhook';
import { WebhookPool } from '../support/chaos/webhook-pool';

const NAME = 'fsync before 200';
const EVENTS = { short: 200, long: 5_000 };
/** Several at once, so that commits are shared and answers could overtake each other. */
const CONNECTIONS = 8;

export async function fsyncOrder({ long }: FaultOptions): Promise<Verdict> {
  const missing = straceMissing();
  if (missing !== undefined) return skipped(NAME, missing);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'handover-trace-'));
  const file = path.join(folder, 'trace');
  const host = await RelayHost.start({ wrap: witness(file) });
  const pool = new WebhookPool({ port: host.port, connections: CONNECTIONS });
  try {
    const events = long ? EVENTS.long : EVENTS.short;
    const ids = Array.from({ length: events }, (_, n) => `sync${n}x`);
    const requests = ids.map((id) => webhookRequest(webhookBody({ id }), eventIdOf(id)));
    const outcomes = await Promise.all(requests.map((request) => pool.post(request)));
    const accepted = outcomes.filter((outcome) => outcome.kind === 'answer' && outcome.status === 200).length;
    await host.end('SIGTERM');
    const lines: string[] = [];
    for await (const line of createInterface({ input: createReadStream(file, 'latin1') })) lines.push(line);
    const { proven, early, syncs } = syncOrder(lines);
    const problems = early.slice(0, 5);
    if (accepted !== events) problems.push(`${accepted} of ${events} webhooks were accepted`);
    if (proven + early.length !== accepted) problems.push(`the trace shows ${proven} of ${accepted} answers`);
    return verdictOf(NAME, { answers: accepted, proven, early: early.length, syncs }, problems);
  } finally {
    pool.close();
    await host.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
