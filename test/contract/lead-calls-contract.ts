/** What every store promises of calls made from leads: whose attempt it is, and what its outcome moves. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BookRequest } from '../../src/relay/callbacks/port';
import type { Person, Taken } from '../../src/relay/leads/port';
import type { CallDecided } from '../../src/relay/leads/store/outcomes';
import type { EventFacts } from '../../src/relay/routing/facts';
import type { Store } from '../../src/relay/store/port';
import { addLeads, ASHA, makeList, RAVI, settlement } from '../support/relay/leads';
import { event } from './contract-events';
import type { StoreFactory } from './store-contract';

const PHONE = '+919876500001';
const MINUTE = 60_000;

export function describeLeadCalls(factory: StoreFactory): void {
  describe(`calls from leads on ${factory.name}`, () => {
    let store: Store;
    let place: Awaited<ReturnType<StoreFactory['place']>>;
    let list: number;
    let holds = 0;
    let decisions = 0;

    beforeEach(async () => {
      place = await factory.place();
      store = await place.open();
      list = await makeList(store, { retry_minutes: 30, max_attempts: 2 });
      await addLeads(store, list, [{ phone: PHONE }]);
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    const take = async (now: number, agent: Person = ASHA): Promise<Extract<Taken, { kind: 'lead' }>> => {
      holds += 1;
      await store.leads.wake(now, 10);
      const answer = await store.leads.take({ agent, lists: [list], hold: `h${holds}`, now });
      if (answer.kind !== 'lead') throw new Error(`nothing was taken: ${answer.kind} ${answer.reason}`);
      return answer;
    };
    const begin = (id: string, lead: number, at: number, agent: Person = ASHA) =>
      store.leads.beginAttempt({ id, lead, agent: agent.id, phone: PHONE, kind: 'ai_voice', at });
    /** Takes the lead and calls it. Returns the lead. */
    const call = async (n: number, at: number, agent: Person = ASHA): Promise<number> => {
      const { lead } = await take(at, agent);
      await begin(`a${n}`, lead.id, at, agent);
      await store.append([event(`made ${n}`, { call: `test:${n}` })]);
      await store.leads.endAttempt({ id: `a${n}`, call: `test:${n}` });
      return lead.id;
    };
    const expire = async (now: number) => {
      for (const held of await store.leads.holds()) await store.leads.expireHold(held, now);
    };
    const decide = async (n: number, now: number, follows: Partial<CallDecided> & { value: string }) => {
      decisions += 1;
      const { agent = ASHA, value } = follows;
      const answer = await store.gateway.recordDisposition({
        event: event(`decided ${decisions}`, { type: 'call.disposition', call: `test:${n}` }, '/relay'),
        ...{ decided: now, call: `test:${n}`, agent: agent.id, fingerprint: `${decisions}`, keyed: false, now },
        write: { value, state: 'unsupported' },
        viewer: { keys: [], all: true },
        follows: {
          ...{ call: `test:${n}`, agent, final: false, dnc: false, retryMinutes: null, book: null, now },
          ...follows,
        },
      });
      expect(answer).toMatchObject({ ok: true, repeated: false });
    };
    const booking = (id: string, at: number, now: number, more: Partial<BookRequest> = {}): BookRequest => ({
      ...{ id, source: null, at, zone: 'Asia/Kolkata', wallTime: '1970-01-01T05:39', owner: ASHA, name: null },
      ...{ lead: null, call: null, purpose: 'service', note: null, by: ASHA, now },
      ...more,
    });
    const lead = async (id: number) => (await store.leads.lead(id))?.lead;
    const callback = async (id: string) => (await store.callbacks.callback(id))?.state;

    describe('an outcome that comes late', () => {
      it('of the call before leaves the lead where the newer outcome has put it', async () => {
        const id = await call(1, MINUTE);
        await expire(2 * MINUTE);
        await call(2, 40 * MINUTE, RAVI);
        await decide(2, 41 * MINUTE, { agent: RAVI, value: 'sale', final: true });
        await decide(1, 50 * MINUTE, { value: 'no_answer' });
        expect(await lead(id)).toMatchObject({ state: 'done', lastOutcome: 'sale' });
        const view = await store.leads.lead(id);
        expect(view?.trail[0]).toMatchObject({ verb: 'outcome', reason: 'no_answer', agent: ASHA });
        expect(view?.attempts.map(({ value }) => value)).toEqual(['sale', 'no_answer']);
      });

      it('of the call before does not close what was promised since, nor replace it by its own promise', async () => {
        const id = await call(1, MINUTE);
        await expire(2 * MINUTE);
        await call(2, 40 * MINUTE, RAVI);
        const promised = booking('c2', 90 * MINUTE, 41 * MINUTE, { call: 'test:2', source: 'disposition:2' });
        await decide(2, 41 * MINUTE, { agent: RAVI, value: 'callback', book: promised });
        await decide(1, 50 * MINUTE, { value: 'no_answer' });
        expect(await lead(id)).toMatchObject({ state: 'later', callback: 'c2', notBefore: 90 * MINUTE });
        const older = booking('c1', 70 * MINUTE, 51 * MINUTE, { call: 'test:1', source: 'disposition:1' });
        await decide(1, 51 * MINUTE, { value: 'callback', book: older });
        expect(await lead(id)).toMatchObject({ state: 'later', callback: 'c2', notBefore: 90 * MINUTE });
        expect([await callback('c1'), await callback('c2')]).toEqual(['done', 'open']);
      });

      it('of the call before still promises, where the newer call reached nobody', async () => {
        const id = await call(1, MINUTE);
        await expire(2 * MINUTE);
        await call(2, 40 * MINUTE, RAVI);
        await decide(2, 41 * MINUTE, { agent: RAVI, value: 'no_answer' });
        const promised = booking('c1', 90 * MINUTE, 50 * MINUTE, { call: 'test:1', source: 'disposition:1' });
        await decide(1, 50 * MINUTE, { value: 'callback', book: promised });
        expect(await lead(id)).toMatchObject({ state: 'later', callback: 'c1', lastOutcome: 'no_answer' });
        expect(await callback('c1')).toBe('open');
      });

      it('of the newest call leaves a callback open that was booked after it', async () => {
        const id = await call(1, MINUTE);
        await expire(2 * MINUTE);
        const { hold } = await take(40 * MINUTE, RAVI);
        const book = booking('c1', 90 * MINUTE, 41 * MINUTE, { owner: RAVI, by: RAVI });
        const reschedule = { lead: id, hold: hold.id, verb: 'reschedule', to: 'later', agent: RAVI, book } as const;
        await store.leads.settle(settlement(reschedule));
        await decide(1, 50 * MINUTE, { value: 'no_answer' });
        expect(await lead(id)).toMatchObject({
          ...{ state: 'later', callback: 'c1', notBefore: 90 * MINUTE, lastOutcome: 'no_answer' },
        });
        expect(await callback('c1')).toBe('open');
      });

      it('says stop whichever call it was of', async () => {
        const id = await call(1, MINUTE);
        await expire(2 * MINUTE);
        await call(2, 40 * MINUTE, RAVI);
        await decide(2, 41 * MINUTE, { agent: RAVI, value: 'no_answer' });
        await decide(1, 50 * MINUTE, { value: 'stop', dnc: true });
        expect((await lead(id))?.state).toBe('dnc');
      });

      it('does not bring back who said stop meanwhile', async () => {
        const id = await call(1, MINUTE);
        await expire(2 * MINUTE);
        const stop = { lead: id, agent: RAVI, verb: 'dnc', to: 'dnc', dnc: { scope: 'all' } } as const;
        await store.leads.settle(settlement(stop));
        await decide(1, 50 * MINUTE, { value: 'no_answer' });
        expect((await lead(id))?.state).toBe('dnc');
      });

      it('corrects the outcome of the newest call', async () => {
        const id = await call(1, MINUTE);
        await decide(1, 2 * MINUTE, { value: 'stop', dnc: true });
        await decide(1, 3 * MINUTE, { value: 'no_answer' });
        expect(await lead(id)).toMatchObject({ state: 'later', lastOutcome: 'no_answer' });
      });
    });

    describe('two attempts of one hold', () => {
      it('do not take each other’s place when the first is recognised late', async () => {
        const { lead: one } = await take(MINUTE);
        await begin('a1', one.id, MINUTE);
        await store.leads.endAttempt({ id: 'a1', state: 'unclear' });
        await begin('a2', one.id, 3 * MINUTE);
        await store.append([event('m1', { call: 'test:1' }), event('m2', { call: 'test:2' })]);
        await store.leads.endAttempt({ id: 'a2', call: 'test:2' });
        await store.leads.endAttempt({ id: 'a1', call: 'test:1' });
        expect(await store.leads.holds()).toMatchObject([{ phase: 'calling', attempt: 'a2', call: 'test:2' }]);
        await decide(1, 4 * MINUTE, { value: 'no_answer' });
        expect((await lead(one.id))?.state).toBe('held');
        await decide(2, 5 * MINUTE, { value: 'sale', final: true });
        expect(await lead(one.id)).toMatchObject({ state: 'done', lastOutcome: 'sale' });
        expect(await store.leads.holds()).toEqual([]);
      });

      it('leave the second in its call when the first turns out not to have rung', async () => {
        const { lead: one } = await take(MINUTE);
        await begin('a1', one.id, MINUTE);
        await store.leads.endAttempt({ id: 'a1', state: 'unclear' });
        await begin('a2', one.id, 3 * MINUTE);
        await store.leads.endAttempt({ id: 'a2', call: 'test:2' });
        await store.leads.endAttempt({ id: 'a1', state: 'not_made' });
        expect(await store.leads.holds()).toMatchObject([{ phase: 'calling', attempt: 'a2', call: 'test:2' }]);
        expect((await lead(one.id))?.attempts).toBe(1);
      });

      it('leave the lead with the first, which may be ringing, when the second was not made', async () => {
        const { lead: one } = await take(MINUTE);
        await begin('a1', one.id, MINUTE);
        await store.leads.endAttempt({ id: 'a1', state: 'unclear' });
        await begin('a2', one.id, 3 * MINUTE);
        await store.leads.endAttempt({ id: 'a2', state: 'not_made' });
        expect(await store.leads.holds()).toMatchObject([{ phase: 'calling', attempt: 'a1', call: null }]);
        await store.leads.endAttempt({ id: 'a1', call: 'test:1' });
        expect(await store.leads.holds()).toMatchObject([{ phase: 'calling', attempt: 'a1', call: 'test:1' }]);
      });
    });

    it('a callback agreed on a call is for what the call was for', async () => {
      const sales = await makeList(store, { purpose: 'sales', retry_minutes: 30 });
      await addLeads(store, sales, [{ phone: '+919876500002' }]);
      const taken = await store.leads.take({ agent: ASHA, lists: [sales], hold: 'sales', now: MINUTE });
      if (taken.kind !== 'lead') throw new Error('nothing was taken');
      await begin('a1', taken.lead.id, MINUTE);
      await store.append([event('made 1', { call: 'test:1' }), event('made 2', { call: 'test:2' })]);
      await store.leads.endAttempt({ id: 'a1', call: 'test:1' });
      expect(await store.callbacks.purposeOfCall('test:1')).toBe('sales');
      const promised = booking('c1', 90 * MINUTE, 2 * MINUTE, { call: 'test:1', source: 'disposition:1' });
      await decide(1, 2 * MINUTE, { value: 'callback', book: promised });
      expect((await store.callbacks.callback('c1'))?.purpose).toBe('sales');
      expect(await store.callbacks.purposeOfCall('test:2')).toBeUndefined();
      const other = booking('c2', 90 * MINUTE, 2 * MINUTE, { call: 'test:2', source: 'disposition:2' });
      await decide(2, 2 * MINUTE, { value: 'callback', book: { ...other, purpose: 'survey' } });
      expect((await store.callbacks.callback('c2'))?.purpose).toBe('survey');
    });

    it('an attempt recognised late says nothing of the hold of whoever reads the lead by then', async () => {
      const { lead: one } = await take(MINUTE);
      await begin('a1', one.id, MINUTE);
      await store.leads.endAttempt({ id: 'a1', state: 'unclear' });
      await expire(2 * MINUTE);
      await take(40 * MINUTE, RAVI);
      await store.leads.endAttempt({ id: 'a1', call: 'test:1' });
      expect(await store.leads.holds()).toMatchObject([{ phase: 'preview', attempt: null, call: null, agent: RAVI }]);
    });

    it('leads in hand are told with their list, limits and calls under way by agent', async () => {
      await take(MINUTE);
      const asha = await store.leads.held(ASHA.id);
      expect(asha).toMatchObject([{ hold: { agent: ASHA, phase: 'preview' }, list: { id: list }, phone: PHONE }]);
      expect([await store.leads.held(null), await store.leads.held(RAVI.id)]).toEqual([asha, []]);
      for (const [name, value] of [
        ['limit:a', 1],
        ['limit:b', 2],
        ['other', 3],
      ] as const) {
        await store.gateway.putMark(name, value);
      }
      const marks = (await store.gateway.marks('limit:')).sort((a, b) => a.value - b.value);
      expect(marks.map(({ name, value }) => [name, value])).toEqual([
        ['limit:a', 1],
        ['limit:b', 2],
      ]);
      expect(await store.dialling.allUnderWay(MINUTE)).toEqual([]);
    });

    describe('a hold', () => {
      const inCall = async (now: number) => (await store.leads.holdsInCall(now)).length === 1;
      const told = (id: string, type: EventFacts['type'], received: number) =>
        store.append([{ ...event(id, { call: 'test:1', type }), received }]);

      it('needs no renewal while its call is on, and for a while after its end', async () => {
        const { lead: one } = await take(MINUTE);
        expect(await inCall(MINUTE)).toBe(false);
        await begin('a1', one.id, MINUTE);
        expect(await inCall(2 * MINUTE)).toBe(true);
        await told('e1', 'call.started', 2 * MINUTE);
        await store.leads.endAttempt({ id: 'a1', call: 'test:1' });
        await told('e2', 'call.turn', 25 * MINUTE);
        expect(await inCall(40 * MINUTE)).toBe(true);
        await told('e3', 'call.ended', 41 * MINUTE);
        expect(await inCall(50 * MINUTE)).toBe(true);
        expect(await inCall(52 * MINUTE)).toBe(false);
      });

      it('needs renewal when its call is silent for half an hour, unless an agent has claimed it', async () => {
        const { lead: one } = await take(MINUTE);
        await begin('a1', one.id, MINUTE);
        expect(await inCall(32 * MINUTE)).toBe(false);
        await told('e1', 'call.escalated', 2 * MINUTE);
        await store.leads.endAttempt({ id: 'a1', call: 'test:1' });
        expect(await inCall(31 * MINUTE)).toBe(true);
        expect(await inCall(33 * MINUTE)).toBe(false);
        const viewer = { keys: [], all: true };
        await store.claim({ call: 'test:1', agent: ASHA, viewer, now: 3 * MINUTE, leaseMs: MINUTE });
        expect(await inCall(33 * MINUTE)).toBe(true);
      });
    });

    describe('a lead whose attempts were all made', () => {
      const allowOne = async () => {
        const row = (await store.leads.lists()).find((one) => one.id === list);
        if (row === undefined) throw new Error('no such list');
        await store.leads.changeList(list, { ...row, settings: { ...row.settings, max_attempts: 1 } });
      };

      it('is done with when its last call ends without an outcome', async () => {
        const id = await call(1, MINUTE);
        await expire(2 * MINUTE);
        expect((await lead(id))?.state).toBe('later');
        await call(2, 40 * MINUTE);
        await expire(41 * MINUTE);
        expect((await lead(id))?.state).toBe('exhausted');
      });

      it('is done with when it is released after its last call', async () => {
        const id = await call(1, MINUTE);
        const release = settlement({ lead: id, verb: 'release', to: 'back', now: 2 * MINUTE });
        expect(await store.leads.settle(release)).toMatchObject({ lead: { state: 'later' } });
        await call(2, 40 * MINUTE);
        expect(await store.leads.settle(release)).toMatchObject({ lead: { state: 'exhausted' } });
      });

      it('is kept for the callback that was promised', async () => {
        const id = await call(1, MINUTE);
        await expire(2 * MINUTE);
        await call(2, 40 * MINUTE);
        await store.callbacks.book(booking('c1', 90 * MINUTE, 41 * MINUTE, { lead: id }));
        await expire(42 * MINUTE);
        expect(await lead(id)).toMatchObject({ state: 'later', callback: 'c1' });
      });

      it('is not handed out again when its list allows less by now', async () => {
        const id = await call(1, MINUTE);
        await expire(2 * MINUTE);
        await store.leads.wake(40 * MINUTE, 10);
        await allowOne();
        const request = { agent: ASHA, lists: [list], hold: 'again', now: 40 * MINUTE };
        expect(await store.leads.take(request)).toMatchObject({ kind: 'nothing', reason: 'empty' });
        expect((await lead(id))?.state).toBe('exhausted');
        expect(await store.leads.take({ ...request, chosen: id })).toMatchObject({ kind: 'refused' });
      });

      it('is not woken', async () => {
        const id = await call(1, MINUTE);
        await expire(2 * MINUTE);
        await allowOne();
        await store.leads.wake(40 * MINUTE, 10);
        expect((await lead(id))?.state).toBe('exhausted');
      });
    });
  });
}
