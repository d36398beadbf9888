/** What every store keeps of calling: attempts with receipts, stops, registers, consents. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredConsent } from '../../src/relay/consents/port';
import { phoneHash } from '../../src/relay/dialling/phone-hash';
import type { NewAttempt } from '../../src/relay/dialling/port';
import type { NewEntry } from '../../src/relay/dnc/port';
import type { MadeCall } from '../../src/relay/gateway/store-port';
import type { Store } from '../../src/relay/store/port';
import { event } from './contract-events';
import type { StoreFactory, StorePlace } from './store-contract';

const PHONE = '+919876500001';
const HASH = phoneHash(PHONE);
const DIGITS = '919876500001';
const NOW = Date.parse('2026-11-23T06:30:00Z');

let place: StorePlace;
let store: Store;

const receipt = JSON.stringify({
  ...{ checked_at: '2026-11-23T06:30:00.000Z', phone: PHONE, kind: 'ai_voice', purpose: 'sales', trigger: 'click' },
  ...{ verdict: 'allowed', clocks: [], packs: [], rules: [], lists: [], consents: [], attempts: 0 },
});

async function attempt(more: Partial<NewAttempt> = {}): Promise<NewAttempt> {
  const { revision } = await store.dialling.dialFacts(HASH, DIGITS, 0);
  const made = { id: 'a1', agent: 'asha', key: 'k1', phoneHash: HASH, at: NOW, platform: 'vinfer', limit: 3 };
  const rest = {
    kind: 'ai_voice',
    purpose: 'sales',
    confirmed: false,
    role: 'agent',
    trigger: 'click',
    receipt,
    person: `{"phone":"${PHONE}"}`,
  } as const;
  const whole = { ...made, ...rest, revision, ...more };
  const { agent, key } = whole;
  await store.gateway.beginKey({ agent, key, fingerprint: 'f', now: NOW, expires: NOW + 1e9 });
  return whole;
}
const end = ({ id, agent, key }: NewAttempt, became: MadeCall['became'], watch?: number) =>
  store.gateway.endKey(agent, key, { end: 'unclear' }, [], { id, became, ...(watch === undefined ? {} : { watch }) });

const stop = (more: Partial<NewEntry> = {}): NewEntry => ({
  ...{ id: 's1', phone: PHONE, scope: 'automated', channel: 'call', origin: 'ai', call: 'vinfer:1' },
  ...{ requested: NOW, recorded: NOW, platforms: [{ platform: 'vinfer', state: 'pending' }] },
  ...more,
});

export function describeCalling(factory: StoreFactory): void {
  describe(`${factory.name}: calling`, () => {
    beforeEach(async () => {
      place = await factory.place();
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    test('an attempt is in the book before it leaves, and its key says that it left', async () => {
      const one = await attempt();
      expect(await store.dialling.beginAttempt(one)).toEqual({ ok: true });
      // The same attempt once more is the same one: its platform is asked again with the same key.
      expect(await store.dialling.beginAttempt(one)).toEqual({ ok: true });
      const { attempts } = await store.dialling.dialFacts(HASH, DIGITS, 0);
      expect(attempts).toEqual([{ id: 'a1', at: NOW, kind: 'ai_voice', purpose: 'sales', state: 'sending' }]);
      await end(one, { state: 'made', call: 'vinfer:1' });
      expect(await store.dialling.receiptOf('vinfer:1')).toMatchObject({ id: 'a1', state: 'made', phone_hash: HASH });
      expect(await store.dialling.isAttempted('vinfer:1')).toBe(true);
    });

    test('an attempt whose check is out of date is not taken, whatever changed', async () => {
      const changes = [
        () => store.dnc.recordStops([stop()]),
        () => store.dnc.correct('s1', 'sup', 'a mistake', NOW),
        () => store.consents.recordConsents([consent()]),
        () => store.consents.revokeConsent('c1', 'asha', 'said so', NOW),
      ];
      for (const [n, change] of changes.entries()) {
        const one = await attempt({ id: `a${n}`, key: `k${n}` });
        await change();
        expect(await store.dialling.beginAttempt(one)).toEqual({ ok: false, reason: 'changed' });
      }
    });

    test('nobody calls a number that may be ringing, unless it is the one who called and is sure', async () => {
      const first = await attempt();
      await store.dialling.beginAttempt(first);
      const other = { id: 'a2', agent: 'ravi', key: 'k2' };
      const again = { id: 'a3', key: 'k3', confirmed: true };
      expect(await store.dialling.beginAttempt(await attempt(other))).toMatchObject({ reason: 'busy', agent: 'asha' });
      await end(first, { state: 'unclear' });
      expect(await store.dialling.beginAttempt(await attempt(other))).toMatchObject({ reason: 'unclear', at: NOW });
      const sure = await attempt({ ...other, confirmed: true });
      expect(await store.dialling.beginAttempt(sure)).toMatchObject({ reason: 'unclear', agent: 'asha' });
      const later = await attempt({ ...other, id: 'a4', key: 'k4', at: NOW + 31 * 60_000 });
      expect(await store.dialling.beginAttempt(later)).toEqual({ ok: true });
      await end(later, { state: 'not_made' });
      const own = { agent: 'asha', role: 'agent', attempts_of: ['asha'] };
      expect(await store.dialling.beginAttempt(await attempt(again))).toEqual({ ok: true, confirmed_by: own });
    });

    test('a supervisor who is sure calls a number at which anybody’s call may be ringing, and the receipt says so', async () => {
      const first = await attempt();
      await store.dialling.beginAttempt(first);
      const sup = { id: 'a2', agent: 'sup', key: 'k2', confirmed: true, role: 'supervisor' } as const;
      // Not while it is on its way.
      expect(await store.dialling.beginAttempt(await attempt(sup))).toMatchObject({ reason: 'busy' });
      await end(first, { state: 'unclear' });
      const unsure = await attempt({ ...sup, confirmed: false });
      expect(await store.dialling.beginAttempt(unsure)).toMatchObject({ reason: 'unclear', agent: 'asha' });
      const sure = await attempt(sup);
      const confirmed_by = { agent: 'sup', role: 'supervisor', attempts_of: ['asha'] };
      expect(await store.dialling.beginAttempt(sure)).toEqual({ ok: true, confirmed_by });
      // The same attempt once more is told the same of it.
      expect(await store.dialling.beginAttempt(sure)).toEqual({ ok: true, confirmed_by });
      await end(sure, { state: 'made', call: 'vinfer:2' });
      expect(await store.dialling.receiptOf('vinfer:2')).toMatchObject({ confirmed_unclear: true, confirmed_by });
    });

    test.each([
      ['is about to ring', 0, undefined],
      ['is waited for', 11, { state: 'dialling', campaign: 'cmp' }],
      ['talks', 11, { state: 'made', call: 'vinfer:1' }],
      ['talks for long', 119, { state: 'made', call: 'vinfer:1' }],
    ] as const)('a number that %s is called by nobody, however sure they are', async (_what, minutes, became) => {
      const first = await attempt();
      await store.dialling.beginAttempt(first);
      if (became !== undefined) await end(first, became);
      const at = NOW + minutes * 60_000;
      for (const confirmed of [false, true]) {
        const second = await attempt({ id: 'a2', key: 'k2', at, confirmed });
        expect(await store.dialling.beginAttempt(second)).toMatchObject({ reason: 'busy', at: NOW });
      }
    });

    test('a call whose end nobody told is over when nobody asks for it any more', async () => {
      const first = await attempt();
      await store.dialling.beginAttempt(first);
      await end(first, { state: 'made', call: 'vinfer:1' });
      const later = await attempt({ id: 'a2', key: 'k2', at: NOW + 121 * 60_000 });
      expect(await store.dialling.beginAttempt(later)).toEqual({ ok: true });
    });

    test('a call is not made from a lead that is in no hands any more, and leaves no trace of one', async () => {
      const one = await attempt({ lead: '999' });
      expect(await store.dialling.beginAttempt(one)).toEqual({ ok: false, reason: 'not_held' });
      expect((await store.dialling.dialFacts(HASH, DIGITS, 0)).attempts).toEqual([]);
      expect(await store.dialling.beginAttempt(await attempt({ id: 'a2', key: 'k2' }))).toEqual({ ok: true });
    });

    test.each(['call.disposition', 'call.ended'] as const)(
      'an attempt is not taken while a %s in the log may be a stop that is not in the list yet',
      async (type) => {
        const one = await attempt();
        await store.append([event('e1', { call: 'vinfer:1', type })]);
        expect(await store.dialling.beginAttempt(one)).toEqual({ ok: false, reason: 'changed' });
        await store.dnc.recordStops([], store.position().head);
        expect(await store.dialling.beginAttempt(one)).toEqual({ ok: true });
      },
    );

    test('what stops nobody does not hold up an attempt', async () => {
      const one = await attempt();
      await store.append([event('e1', { call: 'vinfer:1', type: 'call.turn' })]);
      expect(await store.dialling.beginAttempt(one)).toEqual({ ok: true });
    });

    test('an attempt that certainly did not happen stands in nobody’s way', async () => {
      const first = await attempt();
      await store.dialling.beginAttempt(first);
      expect(await store.dialling.underWay('asha', NOW)).toBe(1);
      expect(await store.dialling.underWay('ravi', NOW)).toBe(0);
      expect(await store.gateway.agentToday('asha', NOW)).toMatchObject({ dials: 1 });
      await end(first, { state: 'not_made' });
      expect(await store.dialling.underWay('asha', NOW)).toBe(0);
      expect(await store.gateway.agentToday('asha', NOW)).toMatchObject({ dials: 0 });
      expect((await store.dialling.dialFacts(HASH, DIGITS, 0)).attempts).toEqual([]);
      expect(await store.dialling.beginAttempt(await attempt({ id: 'a2', key: 'k2' }))).toEqual({ ok: true });
    });

    test('what is to be looked after is handed out when it is due, also after the store was opened anew', async () => {
      const one = await attempt();
      await store.dialling.beginAttempt(one);
      await end(one, { state: 'dialling', campaign: 'cmp' }, NOW + 5);
      await store.close();
      store = await place.open();
      expect(await store.dialling.nextWatchDue()).toBe(NOW + 5);
      expect(await store.dialling.dueWatches(NOW, 10)).toEqual([]);
      expect(await store.dialling.dueWatches(NOW + 5, 10)).toMatchObject([
        { id: 'a1', state: 'dialling', dialling: 'cmp' },
      ]);
      await store.dialling.endWatch({ id: 'a1', state: 'made', call: 'vinfer:9', looks: 1 }, []);
      expect(await store.dialling.nextWatchDue()).toBeUndefined();
      expect(await store.dialling.receiptOf('vinfer:9')).toMatchObject({ agent: 'asha', state: 'made' });
    });

    test('of a campaign it keeps what it is about and where its people could be, latest said', async () => {
      const campaign = { campaign: 'vinfer:cmp', purpose: 'service', places: ['{"country":"IN"}'] } as const;
      expect(await store.dialling.keptCampaign('vinfer:cmp')).toBeUndefined();
      await store.dialling.keepCampaign({ ...campaign, places: [] }, NOW);
      await store.dialling.keepCampaign({ ...campaign, ends: NOW + 9 }, NOW);
      const fresh = { pausedBy: null, tries: 0, revision: 0 };
      expect(await store.dialling.keptCampaign('vinfer:cmp')).toEqual({ ...campaign, ...fresh, ends: NOW + 9 });
    });

    test('a campaign is looked at when it is due, and not at all once it is over', async () => {
      const { dialling } = store;
      const campaign = { campaign: 'vinfer:cmp', purpose: 'service', places: [] } as const;
      expect(await dialling.nextCampaignDue()).toBeUndefined();
      await dialling.keepCampaign(campaign, NOW);
      expect(await dialling.dueCampaigns(NOW - 1, 10)).toEqual([]);
      const [due] = await dialling.dueCampaigns(NOW, 10);
      expect(due).toEqual({ ...campaign, pausedBy: null, tries: 0, revision: 0 });
      const look = { campaign: 'vinfer:cmp', pausedBy: 'hours', tries: 2, revision: 0 } as const;
      expect(await dialling.endCampaignLook({ ...look, resumes: NOW + 7, due: NOW + 5 })).toBe(true);
      expect(await dialling.nextCampaignDue()).toBe(NOW + 5);
      expect(await dialling.campaignPauses()).toEqual([
        { campaign: 'vinfer:cmp', pausedBy: 'hours', resumes: NOW + 7 },
      ]);
      expect(await dialling.endCampaignLook({ ...look, pausedBy: null, revision: 1 })).toBe(true);
      expect(await dialling.nextCampaignDue()).toBeUndefined();
      expect(await dialling.campaignPauses()).toEqual([]);
    });

    test('what a look notes of a campaign does not overrule a person who came in between', async () => {
      const { dialling } = store;
      await dialling.keepCampaign({ campaign: 'vinfer:cmp', purpose: 'service', places: [] }, NOW);
      const [look] = await dialling.dueCampaigns(NOW, 10);
      if (look === undefined) throw new Error('it is due');
      expect(await dialling.markCampaign('vinfer:cmp', 'person', NOW + 1)).toBeNull();
      expect(await dialling.endCampaignLook({ ...look, due: NOW + 9 })).toBe(false);
      expect(await dialling.nextCampaignDue()).toBe(NOW + 1);
      expect(await dialling.campaignPauses()).toEqual([{ campaign: 'vinfer:cmp', pausedBy: 'person' }]);
      expect(await dialling.markCampaign('vinfer:cmp', null, NOW + 2)).toBe('person');
      expect(await dialling.markCampaign('vinfer:other', 'person', NOW)).toBeNull();
      expect(await dialling.campaignPauses()).toEqual([]);
    });

    test('a stop is recorded once, goes to its platforms, and is corrected once', async () => {
      await store.dnc.recordStops([stop()], 7);
      await store.dnc.recordStops([stop({ verbatim: 'again' })], 8);
      expect(await store.gateway.mark('stops.offset')).toBe(8);
      const { total, data } = await store.dnc.entries({ phoneHash: HASH, limit: 10, offset: 0 });
      expect([total, data[0]]).toMatchObject([1, { id: 's1', phone: PHONE, platforms: [{ state: 'pending' }] }]);
      expect(data[0]).not.toHaveProperty('verbatim');
      expect(await store.dnc.dueEntryWrites(NOW, 10)).toMatchObject([
        { entry: 's1', platform: 'vinfer', phone: PHONE },
      ]);
      const done = { entry: 's1', platform: 'vinfer', state: 'written', attempts: 1, due: NOW } as const;
      await store.dnc.endEntryWrite(done);
      expect(await store.dnc.nextEntryWriteDue()).toBeUndefined();
      expect(await store.dnc.stands(HASH)).toBe(true);
      expect(await store.dnc.correct('s1', 'sup', 'a mistake', NOW)).toMatchObject({ corrected: { by: 'sup' } });
      expect(await store.dnc.correct('s1', 'sup', 'again', NOW)).toBeUndefined();
      expect(await store.dnc.stands(HASH)).toBe(false);
    });

    test('a stop without a number waits for it', async () => {
      const { phone, ...unknown } = stop();
      await store.dnc.recordStops([unknown]);
      expect(await store.dnc.dueEntryWrites(NOW, 10)).toEqual([]);
      expect(await store.dnc.unplaced(NOW, 10)).toEqual([{ id: 's1', call: 'vinfer:1' }]);
      await store.dnc.placeEntry('s1', phone ?? '');
      expect(await store.dnc.unplaced(NOW, 10)).toEqual([]);
      expect(await store.dnc.stands(HASH)).toBe(true);
    });

    test('a register counts when it is whole, in the place of the one before, which leaves', async () => {
      const listed = async () => (await store.dialling.dialFacts(HASH, DIGITS, 0)).registers;
      const copy = { list: 'in.preference', imported: NOW, importedBy: 'sup' };
      await store.dnc.beginCopy({ ...copy, copy: 'old', date: 1 });
      await store.dnc.addNumbers('old', [{ prefix: 91987650, suffixes: [1, 2] }]);
      await store.dnc.addNumbers('old', [{ prefix: 91987650, suffixes: [2, 3] }]);
      expect(await listed()).toEqual([]);
      expect(await store.dnc.finishCopy('old', 4, false)).toEqual({ ok: true, numbers: 3 });
      expect(await listed()).toEqual([{ list: 'in.preference', date: 1, listed: true }]);
      await store.dnc.beginCopy({ ...copy, copy: 'new', date: 2 });
      await store.dnc.addNumbers('new', [{ prefix: 91987650, suffixes: [9_999] }]);
      const refused = { ok: false, reason: 'smaller', numbers: 1, before: 3 };
      expect(await store.dnc.finishCopy('new', 0, false)).toEqual(refused);
      expect(await listed()).toEqual([{ list: 'in.preference', date: 1, listed: true }]);
      expect(await store.dnc.finishCopy('new', 0, true)).toEqual({ ok: true, numbers: 1 });
      expect(await listed()).toEqual([{ list: 'in.preference', date: 2, listed: false }]);
      while (await store.dnc.dropCopy('old'));
      expect((await store.dnc.copies()).map(({ copy: id, state }) => [id, state])).toEqual([['new', 'current']]);
    });

    test('a register does not take the place of a newer one that came while it was read', async () => {
      const copy = { list: 'in.preference', imported: NOW, importedBy: 'sup' };
      for (const [n, id] of ['slow', 'quick'].entries()) {
        await store.dnc.beginCopy({ ...copy, copy: id, date: 1 + n });
        await store.dnc.addNumbers(id, [{ prefix: 91987650, suffixes: [1] }]);
      }
      expect(await store.dnc.finishCopy('quick', 0, false)).toMatchObject({ ok: true });
      expect(await store.dnc.finishCopy('slow', 0, true)).toEqual({ ok: false, reason: 'older' });
      expect((await store.dialling.dialFacts(HASH, DIGITS, 0)).registers).toMatchObject([{ date: 2 }]);
    });

    test('a consent is kept once, and its first withdrawal stays', async () => {
      expect(await store.consents.recordConsents([consent(), consent()])).toBe(1);
      await store.consents.revokeConsent('c1', 'asha', 'said so', NOW);
      await store.consents.revokeConsent('c1', 'ravi', 'later', NOW + 1);
      expect(await store.consents.consents(HASH, 10, 0)).toMatchObject({
        total: 1,
        data: [{ revoked: { by: 'asha' } }],
      });
      expect(await store.consents.revokeConsent('nobody', 'asha', 'x', NOW)).toBeUndefined();
    });

    test('an outcome has one entry per call and connector, whatever comes later', async () => {
      const outcome = { id: 'd1', connector: 'crm', call: 'vinfer:1', event: 'e1', agent: 'asha', value: 'x' };
      const queue = (more: object, due = NOW) =>
        store.crm.queueCrm([{ ...outcome, decision: '{}', decided: NOW, ...more }], [], due, 1);
      await queue({});
      await queue({});
      const [row] = await store.crm.dueCrm(NOW, 10);
      if (row === undefined) throw new Error('nothing is due');
      expect(row).toMatchObject({ id: 'd1', revision: 1, attempts: 0, created: NOW });
      expect(await store.crm.takeCrm(row, NOW, NOW + 60)).toBe(true);
      // Somebody has it, and it is due again should they never come back.
      expect(await store.crm.takeCrm(row, NOW, NOW + 60)).toBe(false);
      expect(await store.crm.dueCrm(NOW + 60, 10)).toMatchObject([{ attempts: 1 }]);
      await store.crm.noteCrm('d1', { log: 'l1' });
      // A later decision comes while it is under way: the end of the earlier one does not hide it.
      await queue({ event: 'e2', value: 'y', decided: NOW + 1 }, NOW + 100);
      await store.crm.endCrm({ id: 'd1', revision: 1, state: 'delivered', due: NOW, now: NOW });
      expect(await store.crm.nextCrmDue()).toBe(NOW + 100);
      const [again] = await store.crm.dueCrm(NOW + 100, 10);
      expect(again).toMatchObject({ value: 'y', revision: 2, attempts: 0, log: 'l1' });
      await store.crm.endCrm({ id: 'd1', revision: 2, state: 'delivered', due: NOW, now: NOW, told: 't' });
      expect(await store.crm.crmDelivery('d1')).toMatchObject({ state: 'delivered', log: 'l1', value: 'y' });
      await store.crm.queueCrm([], ['vinfer:1'], NOW + 200, 9);
      expect(await store.crm.dueCrm(NOW + 200, 10)).toMatchObject([{ revision: 3, told: 't' }]);
      expect(await store.gateway.mark('crm.offset')).toBe(9);
    });

    test('a choice among records is remembered for the number, and what nobody settles is cleared', async () => {
      const outcome = { connector: 'crm', event: 'e', agent: 'asha', value: 'x', decision: '{}', decided: NOW };
      const calls = ['1', '2', '3'].map((n) => ({ ...outcome, id: `d${n}`, call: `vinfer:${n}` }));
      await store.crm.queueCrm(calls, [], NOW, 1);
      const candidates = [{ ref: 'contacts:1' }, { ref: 'contacts:2', name: 'B' }];
      for (const { id } of calls) {
        await store.crm.endCrm({ id, revision: 1, state: 'ambiguous', due: NOW, now: NOW, candidates });
      }
      const listed = { state: 'ambiguous', agent: 'asha', limit: 2, offset: 0 } as const;
      expect(await store.crm.crmDeliveries(listed)).toMatchObject({ total: 3, data: [{ candidates }, { candidates }] });
      await store.crm.chooseCrm('d1', 'contacts:2', HASH, 'asha', NOW);
      expect(await store.crm.crmChoice('crm', HASH)).toBe('contacts:2');
      expect(await store.crm.dueCrm(NOW, 10)).toMatchObject([{ id: 'd1' }]);
      expect(await store.crm.dismissCrm('ambiguous', ['d2'])).toBe(1);
      expect(await store.crm.dismissCrm('ambiguous', undefined)).toBe(1);
      expect(await store.crm.replayCrm('d3', NOW)).toBe(true);
      expect(await store.crm.replayCrm('nobody', NOW)).toBe(false);
    });
  });
}

function consent(): StoredConsent {
  const said = { id: 'c1', phone: PHONE, seller: 'own', kinds: ['ai_voice' as const], purposes: ['sales' as const] };
  const given = { written: true, given_at: '2026-01-01T00:00:00.000Z', source: 'form' };
  return { ...said, ...given, recorded_at: '2026-01-01T00:00:00.000Z', recorded_by: 'sup' };
}
