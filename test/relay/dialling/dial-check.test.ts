/** `GET /v1/dial-check` on the real gateway, over a real log. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dialAnswerSchema, dialPacksAnswerSchema, type DialAnswer } from '../../../src/shared/contract/dialling';
import { event, Harness, sectionsFor } from '../gateway/support/harness';
import { StubPlatform } from '../gateway/support/stub-platform';

const PHONE = '+919876500001';
let harness: Harness;
let stub: StubPlatform;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'));
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

const address = (query: Record<string, string>) => `/v1/dial-check?${new URLSearchParams(query).toString()}`;

async function ask(query: Record<string, string>, agent = 'asha'): Promise<DialAnswer> {
  const { status, body } = await harness.ask(
    agent,
    'GET',
    address({ phone: PHONE, kind: 'ai_voice', purpose: 'sales', ...query }),
  );
  expect(status).toBe(200);
  return dialAnswerSchema.parse(body);
}

const blockedBy = ({ findings }: DialAnswer) =>
  findings.filter(({ effect }) => effect === 'block').map(({ rule, reason }) => `${rule}: ${reason}`);

describe('may I call?', () => {
  it("says yes by day and no by night, with the next lawful time on the customer's clock", async () => {
    const day = await ask({ at: '2026-11-03T12:00:00+05:30' });
    expect(day).toMatchObject({ verdict: 'allowed', country: 'IN', next: null, simulated: true });
    const night = await ask({ at: '2026-11-03T21:01:00+05:30' });
    expect(night.verdict).toBe('blocked');
    expect(blockedBy(night)).toContain('in.hours: outside_hours');
    expect(night.next).toEqual({
      at: '2026-11-04T04:30:00.000Z',
      clocks: [{ zone: 'Asia/Kolkata', wall: '2026-11-04T10:00' }],
    });
    expect(night.explanation.at(-1)).toBe('It may be made from 2026-11-04T04:30:00.000Z (10:00 in Asia/Kolkata).');
    expect(night.receipt).toMatchObject({ verdict: 'blocked', phone: PHONE, next_at: '2026-11-04T04:30:00.000Z' });
  });

  it('lets a lead that was opened at 20:58 not be dialled at 21:01', async () => {
    const opened = await ask({ trigger: 'preview', at: '2026-11-03T20:58:00+05:30' });
    const clicked = await ask({ trigger: 'click', at: '2026-11-03T21:01:00+05:30' });
    expect([opened.verdict, clicked.verdict]).toEqual(['allowed', 'blocked']);
  });

  it("takes the relay's own clock where none is stated, and then is no simulation", async () => {
    const answer = await ask({});
    expect(answer.simulated).toBe(false);
    expect(Math.abs(Date.parse(answer.at) - harness.clock.now())).toBeLessThan(60_000);
  });

  it('blocks who asked on any call not to be called again', async () => {
    const at = { at: '2026-11-03T12:00:00+05:30' };
    await harness.append(
      event('call.ended', 'vinfer:a', { contact: { phone: PHONE } }, Date.parse('2026-11-01T06:00Z')),
    );
    expect((await ask(at)).verdict).toBe('allowed');
    await harness.callOf('asha', 'vinfer:a', { to: PHONE });
    const { status } = await harness.ask('asha', 'PUT', '/v1/calls/vinfer%3Aa/disposition', {
      body: { value: 'not_interested', dnc: { scope: 'all' } },
    });
    expect(status).toBeLessThan(300);
    const answer = await ask(at);
    expect(blockedBy(answer)).toEqual(['house.own_dnc: dnc_listed']);
    expect(answer.next).toBeNull();
    expect(answer.explanation).toContain(
      'The number is on the do-not-call list own (house.own_dnc). Nobody can override this.',
    );
  });

  it('counts the calls in the log against the caps, whichever agent and campaign they were of', async () => {
    const phone = '+13055550100';
    const noon = Date.parse('2026-11-03T17:00:00Z');
    const asked = { phone, consent: 'written', at: new Date(noon).toISOString() };
    for (const [index, hours] of [2, 4, 23, 25].entries()) {
      const data = { direction: 'outbound', to: phone, contact: { phone }, campaign: `c${index}` };
      await harness.append(event('call.started', `vinfer:${index}`, data, noon - hours * 3600_000));
    }
    await harness.append(
      event('call.started', 'vinfer:in', { direction: 'inbound', contact: { phone } }, noon - 3600_000),
    );
    const answer = await ask(asked);
    expect(answer.findings.find(({ rule }) => rule === 'us.fl.cap')).toMatchObject({
      ...{ effect: 'block', reason: 'attempt_cap', opens_at: '2026-11-03T18:00:00.000Z' },
      count: { counted: 3, max: 3, hours: 24 },
    });
    // Nobody has given this relay a copy of the national list.
    expect(blockedBy(answer).sort()).toEqual(['us.dnc_national: dnc_list_missing', 'us.fl.cap: attempt_cap']);
    expect(blockedBy(await ask({ ...asked, purpose: 'service' }))).toEqual([]);
  });

  it('adds what the record says to what the number says', async () => {
    const answer = await ask({ phone: '+12125550100', zone: 'America/Los_Angeles', at: '2026-11-03T14:00:00Z' });
    expect(answer.clocks.map(({ zone }) => zone)).toEqual(['America/New_York', 'America/Los_Angeles']);
    expect(blockedBy(answer)).toContain('house.hours: outside_hours');
  });

  it('refuses what it cannot understand, and never repeats it back', async () => {
    for (const query of [
      { phone: '99887', kind: 'ai_voice', purpose: 'sales' },
      { phone: '+9199887', kind: 'ai_voice', purpose: 'sales' },
      { phone: PHONE, kind: 'robot', purpose: 'sales' },
      { phone: PHONE, purpose: 'sales' },
      { phone: PHONE, kind: 'ai_voice', purpose: 'sales', override: 'yes' },
    ]) {
      const { status, body } = await harness.ask('asha', 'GET', address(query));
      expect([status, body.code]).toEqual([400, 'bad_request']);
      expect(JSON.stringify(body)).not.toContain('99887');
    }
  });

  it('logs no number', async () => {
    await ask({});
    expect(harness.logged.join('')).not.toContain(PHONE.slice(1));
  });

  it('lists its packs, and from their review date on says so', async () => {
    const packs = async () =>
      dialPacksAnswerSchema.parse((await harness.ask('asha', 'GET', '/v1/dial-check/packs')).body);
    harness.clock.offset = Date.parse('2026-11-21T00:00Z') - Date.now();
    const fresh = await packs();
    expect(fresh).toMatchObject({ overdue: [], notice: expect.stringContaining('not legal advice') as string });
    expect(fresh.data.find(({ id }) => id === 'us')).toMatchObject({ version: '2026-11-21', overdue: false });
    harness.clock.offset = Date.parse('2028-01-01T00:00Z') - Date.now();
    expect((await packs()).overdue).toEqual(fresh.data.map(({ id }) => id));
  });

  it('reports at start a pack that is past its review date', async () => {
    expect(harness.logged.join('')).not.toContain('review date');
    harness.clock.offset = Date.parse('2028-01-01T00:00Z') - Date.now();
    await harness.app.close();
    await harness.gateway.stop();
    await harness.store.close();
    await harness.up();
    expect(harness.logged.join('')).toContain('past its review date');
  });
});
