import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import type { CallSnapshot } from '../../../src/shared/contract/call';
import { foldCall } from '../../../src/shared/lib/fold-call';
import { CatchUp } from '../../../src/relay/gateway/catch-up/catch-up';
import { recordEvents } from '../../../src/relay/gateway/catch-up/record-events';
import { CapabilityBook } from '../../../src/relay/gateway/platform-client/capabilities';
import { PlatformClient } from '../../../src/relay/gateway/platform-client/client';
import { event, Harness, sectionsFor } from './support/harness';
import { StubPlatform } from './support/stub-platform';

const HOUR_MS = 3600 * 1000;

let stub: StubPlatform;
let harness: Harness;
let client: PlatformClient;
let catchUp: CatchUp;

async function open(platform: string): Promise<void> {
  const platforms = sectionsFor(stub.base, platform);
  harness = await Harness.open(platforms);
  const { clock, store } = harness;
  const configured = platforms.get(platform);
  if (configured === undefined) throw new Error(`no ${platform}`);
  client = new PlatformClient({
    configured,
    fetch: globalThis.fetch,
    clock,
    random: () => 0,
    capabilities: new CapabilityBook(store.gateway, clock),
    timeoutMs: 1_000,
    breakMs: 200,
  });
  const log = pino({ level: 'silent' });
  catchUp = new CatchUp({ store, clients: new Map([[platform, client]]), clock, random: () => 0, log });
}

beforeEach(async () => {
  stub = await StubPlatform.start();
  await open('vinfer');
});
afterEach(async () => {
  client.close();
  await harness.close();
  await stub.stop();
});

const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
const record = (id: string, more: object = {}) => ({
  call_id: id,
  phone: '+919876500001',
  contact_name: 'Meera Iyer',
  campaign_id: 'cmp_1',
  disposition: 'interested',
  duration_seconds: 94,
  started_at: ago(HOUR_MS / 2 + 94_000),
  ended_at: ago(HOUR_MS / 2),
  ...more,
});

const listed = (...records: object[]) =>
  stub.canned.set('GET /v1/calls', { body: { data: records, total: records.length } });

/** The relay was complete an hour ago, and was away since. */
async function away(): Promise<void> {
  await harness.store.gateway.putMark('catch-up.vinfer', Date.now() - HOUR_MS);
}

describe('catching up', () => {
  it('does not bring back a call whose person was forgotten since', async () => {
    await away();
    const contact = { phone: '+919876500001' };
    await harness.append(event('call.ended', 'vinfer:call_1', { contact }, Date.now() - HOUR_MS / 2));
    await harness.store.retention.forget(['919876500001'], Date.now());
    const transcript_url = `${stub.base}/v1/transcription/job_1/transcript`;
    listed(record('call_1', { transcript_url }), record('call_2', { phone: '+919876500002' }));
    expect(await catchUp.sweep(client)).toBe(1);
    expect((await harness.log()).map(({ subject }) => subject)).toEqual(['vinfer:call_2']);
  });

  it('asks for the time the relay was away, and appends what it missed', async () => {
    await away();
    listed(record('call_1'), record('call_2', { ended_at: undefined, disposition: undefined, status: 'in_progress' }));
    expect(await catchUp.sweep(client)).toBe(1);
    const [seen] = stub.seen;
    const from = Date.parse(new URL(`http://x${seen?.path ?? ''}`).searchParams.get('from') ?? '');
    expect(Date.now() - from).toBeGreaterThanOrEqual(HOUR_MS);
    const [missed] = await harness.log();
    expect(missed).toMatchObject({
      type: 'call.ended',
      source: '/platforms/vinfer',
      subject: 'vinfer:call_1',
      data: { disposition: 'interested', contact: { name: 'Meera Iyer' }, duration_seconds: 94 },
    });
  });

  it('has missed nothing when it starts for the first time', async () => {
    listed(record('call_1'));
    expect(await catchUp.sweep(client)).toBe(0);
    expect(stub.seen).toEqual([]);
    expect(await harness.store.gateway.mark('catch-up.vinfer')).toBeGreaterThan(harness.clock.now() - 10_000);
  });

  it('adds nothing when it sweeps again, or when the webhook had come', async () => {
    await away();
    const webhook = {
      contact: { phone: '+919876500001', name: 'Meera Iyer' },
      campaign: 'cmp_1',
      disposition: 'interested',
      duration_seconds: 94,
    };
    await harness.append(event('call.ended', 'vinfer:call_2', webhook, Date.now() - HOUR_MS / 2));
    listed(record('call_1'), record('call_2'));
    expect(await catchUp.sweep(client)).toBe(1);
    expect(await catchUp.sweep(client)).toBe(0);
    expect(await harness.log()).toHaveLength(2);
  });

  it('leaves one ended call when the webhook comes after the record', async () => {
    await away();
    listed(record('call_1'));
    await catchUp.sweep(client);
    const polled = await harness.log();
    const webhook = event(
      'call.ended',
      'vinfer:call_1',
      { disposition: 'interested', duration_seconds: 94, language: 'hi-IN' },
      Date.now() - HOUR_MS / 2,
    );
    const call = foldCall('vinfer:call_1', [...polled, webhook]);
    expect(call.fields.duration_seconds?.value).toBe(94);
    expect(call.fields.language?.value).toBe('hi-IN');
    expect(call.dispositions.ai?.value.value).toBe('interested');
    expect(call).toEqual(foldCall('vinfer:call_1', [webhook, ...polled]));
  });

  it('reads every page', async () => {
    await away();
    const all = Array.from({ length: 250 }, (_, n) => record(`call_${n}`));
    stub.fault = ({ path }) => {
      const offset = Number(new URL(`http://x${path}`).searchParams.get('offset'));
      return { status: 200, body: { data: all.slice(offset, offset + 100), total: all.length } };
    };
    expect(await catchUp.sweep(client)).toBe(250);
    expect(stub.seen).toHaveLength(3);
  });

  it('asks a platform without filters for each page once, until one holds nothing of that time', async () => {
    client.close();
    await harness.close();
    await open('salpre');
    const now = harness.clock.now();
    await harness.store.gateway.putMark('catch-up.salpre', now - HOUR_MS);
    const row = (id: number, endedMs: number) => ({
      ...{ call_id: id, status: 'ended', from: '+901', to: '+902', direction: 'outbound' },
      started_at: new Date(now - endedMs - 2 * HOUR_MS).toISOString(),
      ended_at: new Date(now - endedMs).toISOString(),
    });
    const all = Array.from({ length: 250 }, (_, n) => row(n, n === 0 ? HOUR_MS / 2 : 3 * HOUR_MS + n));
    stub.fault = ({ path }) => {
      const { searchParams } = new URL(`http://x${path}`);
      const [page, size] = [Number(searchParams.get('page') ?? 1), Number(searchParams.get('per_page'))];
      const meta = { page, has_next: page * size < all.length };
      return { status: 200, body: { status: 'success', data: all.slice((page - 1) * size, page * size), meta } };
    };
    expect(await catchUp.sweep(client)).toBe(1);
    expect(stub.seen.map(({ path }) => new URL(`http://x${path}`).searchParams.get('page') ?? '1')).toEqual(['1', '2']);
  });

  it('asks campaign by campaign where the account has no list of all calls', async () => {
    await away();
    stub.campaigns.set('cmp_1', { id: 'cmp_1', name: 'x', status: 'running', dialled: false });
    stub.canned.set('GET /v1/calls', { status: 405 });
    stub.canned.set('GET /v1/campaigns/cmp_1/calls', { body: { data: [record('call_1')], total: 1 } });
    expect(await catchUp.sweep(client)).toBe(1);
    expect(stub.seen.at(-1)?.path).toContain('/v1/campaigns/cmp_1/calls?after=');
  });

  it('keeps its place when the platform cuts it short', async () => {
    await away();
    stub.fault = () => ({ status: 429, headers: { 'retry-after': '60' } });
    await expect(catchUp.sweep(client)).rejects.toMatchObject({ fault: 'rate_limited' });
    expect(await harness.store.gateway.mark('catch-up.vinfer')).toBeLessThan(Date.now() - HOUR_MS / 2);
  });
});

describe('a record', () => {
  const polled = { id: 'call_1', ended_at: ago(HOUR_MS), disposition: 'dispute', summary: 'Said it was paid', raw: {} };

  it('never overwrites what an agent decided, and tells a later outcome of the platform beside it', () => {
    const decision = event(
      'call.disposition',
      'vinfer:call_1',
      { value: 'interested', by: 'agent', agent: 'asha' },
      Date.now(),
    );
    const ended = event('call.ended', 'vinfer:call_1', { disposition: 'interested' }, Date.now() - HOUR_MS);
    const known = foldCall('vinfer:call_1', [ended, decision]);
    const events = recordEvents({ platform: 'vinfer', record: polled, known, now: Date.now() });
    const after = foldCall('vinfer:call_1', [ended, decision, ...events]);
    expect(after.dispositions.agent?.value.value).toBe('interested');
    expect(after.dispositions.ai?.value.value).toBe('interested');
    expect(after.dispositions.platform?.value.value).toBe('dispute');
    expect(after.fields.end_summary?.value).toBe('Said it was paid');
  });

  it('announces its transcript while the log has none, once', () => {
    const url = 'https://api.vinfer.ai/v1/transcription/job_1/transcript';
    const record = { ...polled, transcript_url: url };
    const told = (known: CallSnapshot | undefined) =>
      recordEvents({ platform: 'vinfer', record, known, now: Date.now() }).filter(
        ({ type }) => type === 'call.transcript',
      );
    const [announced] = told(undefined);
    expect(announced).toMatchObject({ subject: 'vinfer:call_1', data: { transcript_url: url } });
    const ended = event('call.ended', 'vinfer:call_1', { transcript_url: url }, Date.now() - HOUR_MS);
    expect(told(foldCall('vinfer:call_1', [ended])).map(({ id }) => id)).toEqual([announced?.id]);
    const turns = [{ speaker: 'customer', text: 'I paid it on Monday' }];
    const fetched = event('call.transcript', 'vinfer:call_1', { transcript_url: url, turns }, Date.now());
    expect(told(foldCall('vinfer:call_1', [ended, fetched]))).toEqual([]);
    expect(recordEvents({ platform: 'vinfer', record: polled, known: undefined, now: Date.now() })).toHaveLength(1);
  });

  it('has the same ids however often it is read', () => {
    const ids = () =>
      recordEvents({ platform: 'vinfer', record: polled, known: undefined, now: Date.now() }).map(({ id }) => id);
    expect(ids()).toEqual(ids());
  });
});
