import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../support/poll';
import { event, Harness, sectionsFor } from './support/harness';
import { StubPlatform } from './support/stub-platform';

const ROUTE = 'GET /v1/transcription/job_1/transcript';

let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'));
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

const ready = (url = `${stub.base}/v1/transcription/job_1/transcript`) =>
  harness.append(event('call.transcript', 'vinfer:call_1', { transcript_url: url }, Date.now()));

const offer = () =>
  stub.canned.set(ROUTE, {
    body: {
      segments: [
        { speaker: 'customer', text: 'I paid it on Monday', start: 1.5 },
        { speaker: 'agent', text: 'Thank you', start: 3 },
      ],
    },
  });

const fetched = () =>
  until('the fetched transcript', async () =>
    (await harness.log()).find((one) => one.type === 'call.transcript' && one.data.turns !== undefined),
  );

describe('an announced transcript', () => {
  it('is fetched with the platform’s key and appended as turns, once', async () => {
    offer();
    harness.gateway.start();
    await ready();
    const found = await fetched();
    expect(found).toMatchObject({
      subject: 'vinfer:call_1',
      source: '/platforms/vinfer',
      data: { turns: [{ speaker: 'customer', text: 'I paid it on Monday' }, { text: 'Thank you' }] },
    });
    expect(await harness.store.gateway.nextTranscriptDue()).toBeUndefined();
    // Catch-up may have asked for missed calls meanwhile.
    const asked = stub.seen.filter(({ method, path }) => `${method} ${path}` === ROUTE);
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer vinfer-key']);
  });

  it('that came while nobody fetched is found in the log after a restart', async () => {
    offer();
    await ready();
    harness.kill();
    await harness.up();
    harness.gateway.start();
    await fetched();
  });

  it('that is not ready yet is asked for again later, also across a restart', async () => {
    stub.canned.set(ROUTE, { status: 202, body: { status: 'processing' } });
    harness.gateway.start();
    await ready();
    const due = await until('the second appointment', async () => {
      const next = await harness.store.gateway.nextTranscriptDue();
      return next !== undefined && next > harness.clock.now() ? next : undefined;
    });
    offer();
    harness.kill();
    harness.clock.offset += due - harness.clock.now() + 1_000;
    await harness.up();
    harness.gateway.start();
    await fetched();
  });

  it('that the platform says it does not offer is asked for again after a day', async () => {
    stub.canned.set(ROUTE, { status: 405 });
    harness.gateway.start();
    await ready();
    const due = await until('the second appointment', async () => {
      const next = await harness.store.gateway.nextTranscriptDue();
      return next !== undefined && next > harness.clock.now() ? next : undefined;
    });
    expect(due - harness.clock.now()).toBeGreaterThan(23 * 3_600_000);
    offer();
    harness.kill();
    harness.clock.offset += due - harness.clock.now() + 1_000;
    await harness.up();
    harness.gateway.start();
    await fetched();
  });

  it('of a platform that has no transcripts to fetch is given up at once', async () => {
    await harness.close();
    harness = await Harness.open(sectionsFor(stub.base, 'salpre'));
    harness.gateway.start();
    await harness.append(event('call.transcript', 'salpre:1', { transcript_url: `${stub.base}/t` }, Date.now()));
    await until('the job given up', async () => (await harness.store.gateway.mark('transcripts.offset')) === 1);
    await until('no job', async () => (await harness.store.gateway.nextTranscriptDue()) === undefined);
  });

  it('at somebody else’s address is never asked for, so the key stays where it belongs', async () => {
    const elsewhere = await StubPlatform.start();
    harness.gateway.start();
    await ready(`${elsewhere.base}/v1/transcription/job_1/transcript`);
    await until(
      'the job given up',
      async () =>
        (await harness.store.gateway.mark('transcripts.offset')) === 1 &&
        (await harness.store.gateway.nextTranscriptDue()) === undefined,
    );
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.stop();
  });
});
