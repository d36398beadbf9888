/** What every store promises the preview dialer. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Taken, TakeRequest } from '../../src/relay/leads/port';
import type { Store } from '../../src/relay/store/port';
import { tokenHash } from '../../src/relay/desks/token';
import { addLeads, ASHA, INDIA, LONDON, makeList, newLead, RAVI, settlement } from '../support/relay/leads';
import type { StoreFactory } from './store-contract';

const phone = (n: number) => `+91987650${String(n).padStart(4, '0')}`;
const MINUTE = 60_000;

export function describeLeads(factory: StoreFactory): void {
  describe(`leads on ${factory.name}`, () => {
    let store: Store;
    let place: Awaited<ReturnType<StoreFactory['place']>>;
    let holds = 0;

    beforeEach(async () => {
      place = await factory.place();
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    const take = (lists: number[], more: Partial<TakeRequest> = {}): Promise<Taken> => {
      holds += 1;
      return store.leads.take({ agent: ASHA, lists, hold: `h${holds}`, now: MINUTE, ...more });
    };
    const taken = async (...args: Parameters<typeof take>) => {
      const answer = await take(...args);
      if (answer.kind !== 'lead') throw new Error(`nothing was taken: ${answer.kind} ${answer.reason}`);
      return answer;
    };
    const states = async (list: number) =>
      Object.fromEntries(
        (await store.leads.leads({ list, limit: 50, offset: 0 })).map(({ lead }) => [lead.phone, lead.state]),
      );

    it('gives the highest priority first, then the oldest, over every list and place', async () => {
      const low = await makeList(store);
      const high = await makeList(store, { priority: 2 });
      await addLeads(store, low, [{ phone: phone(1) }, { phone: phone(2), priority: 5, place: LONDON }]);
      await addLeads(store, high, [{ phone: phone(3) }]);
      const order: string[] = [];
      for (let n = 0; n < 3; n += 1) {
        const { lead, hold } = await taken([low, high]);
        order.push(lead.phone);
        await store.leads.settle(settlement({ lead: lead.id, hold: hold.id, verb: 'remove', to: 'removed' }));
      }
      expect(order).toEqual([phone(3), phone(2), phone(1)]);
      expect(await take([low, high])).toMatchObject({ kind: 'nothing', reason: 'empty' });
    });

    it('never gives one number to two desks, even through two leads', async () => {
      const [one, two] = [await makeList(store), await makeList(store)];
      await addLeads(store, one, [{ phone: phone(1), more: [phone(9)] }]);
      await addLeads(store, two, [{ phone: phone(1) }, { phone: phone(9) }]);
      await taken([one]);
      expect(await take([two], { agent: RAVI })).toMatchObject({ kind: 'nothing' });
      const held = (await store.leads.leads({ list: two, limit: 5, offset: 0 })).map(({ lead }) => lead.id);
      for (const chosen of held) {
        expect(await take([two], { agent: RAVI, chosen })).toEqual({ kind: 'refused', reason: 'held', by: ASHA });
      }
    });

    it('gives the same lead again to who reads it already, and no more than a handful', async () => {
      const list = await makeList(store);
      await addLeads(
        store,
        list,
        Array.from({ length: 9 }, (_, n) => ({ phone: phone(n) })),
      );
      const first = await taken([list]);
      const again = await taken([list]);
      expect(again.hold).toMatchObject({ id: first.hold.id, why: 'in_hand' });
      for (let n = 0; n < 6; n += 1) {
        const { lead } = await taken([list]);
        await store.leads.beginAttempt({
          ...{ id: `a${n}`, lead: lead.id, agent: 'asha', phone: lead.phone, kind: 'ai_voice', at: n },
        });
      }
      expect(await take([list])).toMatchObject({ kind: 'nothing', reason: 'hands_full' });
    });

    it('ends a hold once, and knows a repeat of the verb from another wish', async () => {
      const list = await makeList(store);
      await addLeads(store, list, [{ phone: phone(1) }]);
      const { lead, hold } = await taken([list]);
      const skip = settlement({ lead: lead.id, hold: hold.id, verb: 'skip', to: 'later', until: 60 * MINUTE });
      expect(await store.leads.settle(skip)).toMatchObject({ ok: true, repeated: false, lead: { state: 'later' } });
      expect(await store.leads.settle(skip)).toMatchObject({ ok: true, repeated: true });
      expect(await store.leads.settle({ ...skip, fingerprint: 'other' })).toEqual({ ok: false, reason: 'not_held' });
      expect(await store.leads.settle({ ...skip, agent: RAVI })).toEqual({ ok: false, reason: 'not_held' });
      expect((await store.leads.lead(lead.id))?.trail.map(({ verb }) => verb)).toEqual(['skip', 'open']);
    });

    it('refuses to end what somebody else holds, but for a supervisor', async () => {
      const list = await makeList(store);
      await addLeads(store, list, [{ phone: phone(1) }]);
      const { lead } = await taken([list]);
      const free = settlement({ lead: lead.id, agent: RAVI, verb: 'release', to: 'back' });
      expect(await store.leads.settle(free)).toEqual({ ok: false, reason: 'held', by: ASHA });
      expect(await store.leads.settle({ ...free, supervisor: true })).toMatchObject({ ok: true });
      expect(await states(list)).toEqual({ [phone(1)]: 'ready' });
    });

    it('passes a lead to somebody else, and wakes a skipped one when its time has come', async () => {
      const list = await makeList(store);
      await addLeads(store, list, [{ phone: phone(1) }, { phone: phone(2) }]);
      const one = await taken([list]);
      await store.leads.settle(settlement({ lead: one.lead.id, verb: 'reject', to: 'ready', pass: true }));
      const two = await taken([list]);
      expect(two.lead.phone).toBe(phone(2));
      await store.leads.settle(settlement({ lead: two.lead.id, verb: 'skip', to: 'later', until: 9 * MINUTE }));
      expect(await take([list])).toMatchObject({ kind: 'nothing', reason: 'later', nextAt: 9 * MINUTE });
      expect((await taken([list], { agent: RAVI })).lead.phone).toBe(phone(1));
      expect(await store.leads.wake(8 * MINUTE, 10)).toBe(0);
      expect(await store.leads.wake(9 * MINUTE, 10)).toBe(1);
      expect((await taken([list])).lead.phone).toBe(phone(2));
    });

    it('does not look into a lane whose hours are closed', async () => {
      const list = await makeList(store);
      await addLeads(store, list, [{ phone: phone(1) }, { phone: '+447911123456', place: LONDON }]);
      const { lead, hold } = await taken([list]);
      const aside = { hold: hold.id, lead: lead.id, kind: 'closed', until: 30 * MINUTE } as const;
      expect((await taken([list], { aside })).lead.phone).toBe('+447911123456');
      expect((await store.leads.lanes(list)).map(({ closedUntil }) => closedUntil).sort()).toEqual([0, 30 * MINUTE]);
      expect((await taken([list], { agent: RAVI, now: 30 * MINUTE })).lead.phone).toBe(phone(1));
    });

    it('ends a hold that was not renewed, and only then', async () => {
      const list = await makeList(store);
      await addLeads(store, list, [{ phone: phone(1) }]);
      const { lead, hold } = await taken([list]);
      const renewed = await store.leads.renewHold(ASHA.id, lead.id, null, 2 * MINUTE);
      expect(renewed).toMatchObject({ renewals: 1, renewed: 2 * MINUTE });
      expect(await store.leads.expireHold(hold, 3 * MINUTE)).toBe(false);
      expect(await store.leads.expireHold({ id: hold.id, renewals: 1 }, 3 * MINUTE)).toBe(true);
      expect(await states(list)).toEqual({ [phone(1)]: 'ready' });
      expect(await store.leads.renewHold(ASHA.id, lead.id, hold.id, 4 * MINUTE)).toBeUndefined();
      expect(await store.leads.holds()).toEqual([]);
    });

    it('keeps a lead in hand while its call goes on, and lets it wait when the desk is gone', async () => {
      const list = await makeList(store, { retry_minutes: 30 });
      await addLeads(store, list, [{ phone: phone(1) }]);
      const { lead } = await taken([list]);
      const attempt = { id: 'a1', lead: lead.id, agent: 'asha', phone: lead.phone, kind: 'ai_voice', at: 5 } as const;
      expect(await store.leads.beginAttempt({ ...attempt, agent: 'ravi' })).toBe(false);
      expect(await store.leads.beginAttempt(attempt)).toBe(true);
      expect(await store.leads.beginAttempt(attempt)).toBe(true);
      await store.leads.endAttempt({ id: 'a1', call: 'vinfer:c1' });
      const skip = settlement({ lead: lead.id, verb: 'skip', to: 'later' });
      expect(await store.leads.settle(skip)).toEqual({ ok: false, reason: 'calling' });
      const [held] = await store.leads.holds();
      expect(held).toMatchObject({ phase: 'calling', call: 'vinfer:c1' });
      await store.leads.expireHold(held!, MINUTE);
      expect((await store.leads.lead(lead.id))?.lead).toMatchObject({
        ...{ state: 'later', notBefore: 31 * MINUTE, attempts: 1 },
      });
    });

    it('takes back an attempt that certainly did not ring', async () => {
      const list = await makeList(store);
      await addLeads(store, list, [{ phone: phone(1) }]);
      const { lead } = await taken([list]);
      const attempt = { id: 'a1', lead: lead.id, agent: 'asha', phone: lead.phone, kind: 'ai_voice', at: 5 } as const;
      await store.leads.beginAttempt(attempt);
      await store.leads.endAttempt({ id: 'a1', state: 'not_made' });
      expect(await store.leads.lead(lead.id)).toMatchObject({
        ...{ attempts: [], lead: { attempts: 0 }, hold: { phase: 'preview' } },
      });
    });

    it('blocks a number in every list at once, but for a lead that has another number', async () => {
      const [one, two, three] = [await makeList(store), await makeList(store), await makeList(store)];
      await addLeads(store, one, [{ phone: phone(1) }]);
      await addLeads(store, two, [{ phone: phone(1) }]);
      await addLeads(store, three, [{ phone: phone(1), more: [phone(2)] }]);
      const { lead } = await taken([one]);
      const dnc = settlement({ lead: lead.id, verb: 'dnc', to: 'dnc', dnc: { scope: 'all' } });
      expect(await store.leads.settle(dnc)).toMatchObject({ ok: true, blocked: 2 });
      expect(await states(one)).toEqual({ [phone(1)]: 'dnc' });
      expect(await states(two)).toEqual({ [phone(1)]: 'dnc' });
      expect(await states(three)).toEqual({ [phone(1)]: 'ready' });
    });

    it('counts the leads of every lane by what they are', async () => {
      const list = await makeList(store);
      await addLeads(store, list, [
        { phone: phone(1) },
        { phone: phone(2) },
        { phone: '+447911123456', place: LONDON },
      ]);
      await taken([list]);
      const lanes = await store.leads.lanes(list);
      expect(lanes.find(({ where }) => where === INDIA)?.counts).toMatchObject({ ready: 1, held: 1, staged: 0 });
      expect(lanes.find(({ where }) => where === LONDON)?.counts).toMatchObject({ ready: 1 });
    });

    it('shows nothing of an import before it is published, and takes it back whole', async () => {
      const list = await makeList(store);
      await addLeads(store, list, [{ phone: phone(1) }]);
      const imports = store.leadImports;
      const job = await imports.create(0, '{}');
      await imports.save(job, 'uploading', 'checked', '{}', 0);
      expect(await imports.begin(job, { list }, '{}', 0)).toEqual({ ok: true, list });
      const leads = [phone(1), phone(2), phone(3)].map((one, index) => newLead({ phone: one }, index + 1));
      expect(await imports.storeLeads(job, 0, { upTo: 3, leads, bad: [] }, 0)).toEqual({ inList: [1] });
      expect(await imports.storeLeads(job, 0, { upTo: 3, leads, bad: [] }, 0)).toBeUndefined();
      expect(await states(list)).toEqual({ [phone(1)]: 'ready' });
      expect(await imports.refusals(job, 0, 10)).toMatchObject([{ row: 1 }]);
      while ((await imports.unstage(job, list, false, 1)) > 0);
      expect(await imports.knownPhones(list, [phone(1), phone(2)])).toEqual([phone(1)]);
    });

    it('keeps a file in pieces', async () => {
      const job = await store.leadImports.create(0, '{}');
      await store.leadImports.putPiece(job, 0, new Uint8Array([1, 2, 255]));
      expect([...((await store.leadImports.piece(job, 0)) ?? [])]).toEqual([1, 2, 255]);
      expect(await store.leadImports.dropFile(job)).toBe(1);
      expect(await store.leadImports.piece(job, 0)).toBeUndefined();
    });

    it('forgets a person: leads, callbacks, holds, and files in which the number stands', async () => {
      const list = await makeList(store);
      await addLeads(store, list, [{ phone: phone(1), more: [phone(3)] }, { phone: phone(2) }]);
      const { lead } = await taken([list]);
      const booking = { at: 9, zone: null, wallTime: null, owner: null, name: null, call: null, note: null, now: 1 };
      await store.callbacks.book({ ...booking, id: 'c1', source: null, lead: lead.id, purpose: 'service', by: ASHA });
      const [clean, named] = [await store.leadImports.create(0, '{}'), await store.leadImports.create(0, '{}')];
      await store.leadImports.putPiece(clean, 0, Buffer.from('Phone\n98765 00002\n'));
      // Cut in two by the end of a piece, in UTF-16, with separators.
      const text = Buffer.from('Phone\n+91 98765-00003\n', 'utf16le');
      await store.leadImports.putPiece(named, 0, text.subarray(0, 25));
      await store.leadImports.putPiece(named, 1, text.subarray(25));
      const numbers = [phone(3).slice(1), phone(3).slice(3)];
      expect(await store.retention.forget(numbers, 5)).toMatchObject({ leads: 1, callbacks: 1, files: 1 });
      expect(await store.leads.lead(lead.id)).toBeUndefined();
      expect(await store.leads.holds()).toEqual([]);
      expect(await states(list)).toEqual({ [phone(2)]: 'ready' });
      expect(await store.leadImports.piece(named, 0)).toBeUndefined();
      expect(await store.leadImports.piece(clean, 0)).toBeDefined();
      expect((await store.leads.lanes(list))[0]?.counts).toMatchObject({ ready: 1, held: 0, removed: 0 });
    });

    describe('callbacks', () => {
      const booking = (lead: number, more: object = {}) => ({
        ...{ id: `c${lead}`, source: null, at: 9 * MINUTE, zone: 'Asia/Kolkata', wallTime: '1970-01-01T05:39' },
        ...{
          owner: ASHA,
          name: null,
          lead,
          call: null,
          purpose: 'service' as const,
          note: null,
          by: ASHA,
          now: MINUTE,
        },
        ...more,
      });

      it('go to their owner first, then to whoever works the list, and before every other lead', async () => {
        const list = await makeList(store);
        await addLeads(store, list, [{ phone: phone(1) }, { phone: phone(2), priority: 9 }]);
        const one = await taken([list], { chosen: 1 });
        const book = booking(one.lead.id);
        await store.leads.settle(settlement({ lead: one.lead.id, verb: 'reschedule', to: 'later', book }));
        expect(await store.leads.wake(20 * MINUTE, 10)).toBe(0);
        expect((await taken([list], { agent: RAVI, now: 20 * MINUTE })).lead.phone).toBe(phone(2));
        const due = await taken([list], { now: 20 * MINUTE });
        expect(due).toMatchObject({ hold: { why: 'my_callback' }, lead: { phone: phone(1) } });
        await store.leads.settle(settlement({ lead: one.lead.id, verb: 'release', to: 'back' }));
        await store.callbacks.changeCallback(book.id, { kind: 'release', reason: 'shift ends' }, ASHA, 0);
        const carla = { id: 'carla', name: 'Carla' };
        expect((await taken([list], { agent: carla, now: 20 * MINUTE })).hold.why).toBe('queue_callback');
      });

      it('are released where the owner is away since the time and the grace, and never while somebody has the lead open', async () => {
        const list = await makeList(store);
        await addLeads(store, list, [{ phone: phone(1) }, { phone: phone(2) }]);
        await store.putAgent({ ...RAVI, numbers: [], queues: [], role: 'agent' }, tokenHash('ravi'));
        await store.takeSeat({ agent: 'ravi', desk: 'd1', takeover: false });
        await store.setState('ravi', 'available');
        const mine = await store.callbacks.book(booking(1));
        const his = await store.callbacks.book(booking(2, { owner: RAVI }));
        expect(await store.callbacks.releaseAbsent(23 * MINUTE, 15 * MINUTE)).toBe(0);
        expect(await store.callbacks.releaseAbsent(24 * MINUTE, 15 * MINUTE)).toBe(1);
        expect(await store.callbacks.callback(mine.id)).toMatchObject({
          ...{ owner: null, released: { from: ASHA, reason: 'owner_away' } },
        });
        expect((await store.callbacks.callback(his.id))?.owner).toEqual(RAVI);
      });

      it('are released once due where the owner has left, or no longer works the list', async () => {
        const list = await makeList(store, { queues: ['loans'] });
        const open = await makeList(store);
        await addLeads(store, list, [{ phone: phone(1) }, { phone: phone(2) }]);
        await addLeads(store, open, [{ phone: phone(3) }, { phone: phone(4) }]);
        const put = (queues: string[]) =>
          store.putAgent({ ...RAVI, numbers: [], queues, role: 'agent' }, tokenHash('ravi'));
        await put(['loans']);
        for (const lead of [1, 3]) await store.callbacks.book(booking(lead, { owner: RAVI }));
        // Asha is no agent of this relay.
        for (const lead of [2, 4]) await store.callbacks.book(booking(lead));
        const at = booking(1).at;
        expect(await store.callbacks.releaseLost(at - 1)).toBe(0);
        expect(await store.callbacks.releaseLost(at)).toBe(2);
        const released = async (id: string) => (await store.callbacks.callback(id))?.released?.reason;
        expect(await Promise.all(['c1', 'c2', 'c3', 'c4'].map(released))).toEqual([
          ...[undefined, 'owner_gone', undefined, 'owner_gone'],
        ]);
        await put(['cards']);
        expect(await store.callbacks.releaseLost(at)).toBe(1);
        expect(await Promise.all(['c1', 'c3'].map(released))).toEqual(['owner_moved', undefined]);
        expect(await store.callbacks.releaseLost(at)).toBe(0);
      });

      it('of a customer who is in no list get a lead in a list of the relay', async () => {
        const request = { ...booking(0), lead: null, phone: phone(5), name: 'Priya', place: INDIA, source: 'd:1' };
        const row = await store.callbacks.book(request);
        expect(await store.callbacks.book({ ...request, id: 'other' })).toEqual(row);
        expect(row).toMatchObject({ phone: phone(5), name: 'Priya', list: { name: 'Callbacks' } });
        const due = await taken([row.list!.id], { now: 9 * MINUTE });
        expect(due.lead).toMatchObject({ id: row.lead, phone: phone(5) });
      });

      it('without a number that can be dialled are kept all the same', async () => {
        const row = await store.callbacks.book({ ...booking(0), lead: null, phone: 'anonymous' });
        expect(row).toMatchObject({ lead: null, phone: 'anonymous', state: 'open' });
      });

      it('are listed by whose and by when', async () => {
        const list = await makeList(store);
        await addLeads(store, list, [{ phone: phone(1) }, { phone: phone(2) }, { phone: phone(3) }]);
        await store.callbacks.book(booking(1));
        await store.callbacks.book(booking(2, { owner: null, at: 50 * MINUTE }));
        await store.callbacks.book(booking(3, { owner: RAVI }));
        const filter = { from: 0, to: 99 * MINUTE, now: 10 * MINUTE, limit: 10, offset: 0 };
        const ids = async (more: Pick<Parameters<Store['callbacks']['callbacks']>[0], 'owner' | 'queue' | 'state'>) =>
          (await store.callbacks.callbacks({ ...filter, ...more })).rows.map(({ id }) => id);
        expect(await ids({ owner: 'asha', queue: { lists: [list] }, state: 'open' })).toEqual(['c1', 'c2']);
        expect(await ids({ owner: null, queue: { lists: [] }, state: 'open' })).toEqual([]);
        expect(await ids({ owner: null, queue: null, state: 'due' })).toEqual(['c1', 'c3']);
        await store.callbacks.changeCallback('c1', { kind: 'defer', until: 60 * MINUTE }, ASHA, 0);
        expect(await ids({ owner: 'asha', queue: null, state: 'waiting' })).toEqual(['c1']);
        expect(await store.callbacks.dueCallbacks(10 * MINUTE)).toHaveLength(3);
        await store.callbacks.changeCallback('c3', { kind: 'done', note: null }, RAVI, 0);
        expect(await ids({ owner: 'ravi', queue: null, state: 'done' })).toEqual(['c3']);
        expect((await store.leads.lead(3))?.lead).toMatchObject({ state: 'later', callback: null });
      });
    });
  });
}
