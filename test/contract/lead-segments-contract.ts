/** What every store promises of the segments of a list. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Taken, TakeRequest } from '../../src/relay/leads/port';
import type { Store } from '../../src/relay/store/port';
import { addLeads, ASHA, INDIA, LONDON, makeList, newLead, RAVI, settlement } from '../support/relay/leads';
import type { StoreFactory } from './store-contract';

const phone = (n: number) => `+91987650${String(n).padStart(4, '0')}`;
const MINUTE = 60_000;
const GOLD = 'Gold, 10 %';
const LATE = 'विलंबित';

export function describeLeadSegments(factory: StoreFactory): void {
  describe(`segments of lists on ${factory.name}`, () => {
    let store: Store;
    let place: Awaited<ReturnType<StoreFactory['place']>>;
    let list: number;
    let holds = 0;

    beforeEach(async () => {
      place = await factory.place();
      store = await place.open();
      list = await makeList(store);
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    const take = (more: Partial<TakeRequest> = {}): Promise<Taken> => {
      holds += 1;
      return store.leads.take({ agent: ASHA, lists: [list], hold: `h${holds}`, now: MINUTE, ...more });
    };
    const taken = async (more: Partial<TakeRequest> = {}) => {
      const answer = await take(more);
      if (answer.kind !== 'lead') throw new Error(`nothing was taken: ${answer.kind} ${answer.reason}`);
      return answer;
    };
    const pause = (name: string, paused = true) => store.leads.pauseSegment(list, name, paused);
    /** Counts that are not 0, by the name of their segment and then by state. */
    const counted = async () => {
      const names = new Map((await store.leads.segments(list)).map(({ id, name }) => [id, name]));
      const found: Record<string, Record<string, number>> = {};
      for (const { segment, counts } of await store.leads.lanes(list)) {
        const of = (found[names.get(segment) ?? ''] ??= {});
        for (const [state, n] of Object.entries(counts)) if (n !== 0) of[state] = (of[state] ?? 0) + n;
      }
      return found;
    };
    const begun = async () => {
      const job = await store.leadImports.create(0, '{}');
      await store.leadImports.save(job, 'uploading', 'checked', '{}', 0);
      await store.leadImports.begin(job, { list }, '{}', 0);
      return job;
    };

    it('counts every segment and place by itself, and a move only where the lead is', async () => {
      await addLeads(store, list, [
        { phone: phone(1), segment: GOLD, priority: 1 },
        { phone: phone(2), segment: GOLD },
        { phone: '+447911123456', segment: GOLD, place: LONDON },
        { phone: phone(3), segment: LATE },
        { phone: phone(4) },
      ]);
      expect((await taken()).lead.phone).toBe(phone(1));
      expect(await counted()).toEqual({ [GOLD]: { ready: 2, held: 1 }, [LATE]: { ready: 1 }, '': { ready: 1 } });
      expect(await store.leads.segments(list)).toMatchObject([
        { list, name: GOLD, paused: false },
        { list, name: LATE, paused: false },
      ]);
      const lanes = await store.leads.lanes(null);
      expect(lanes.map(({ where }) => where).sort()).toEqual([INDIA, INDIA, INDIA, LONDON].sort());
    });

    it('takes a second file into the segments there are, and those of another list are not its own', async () => {
      const other = await makeList(store);
      await addLeads(store, list, [{ phone: phone(1), segment: GOLD }]);
      await addLeads(store, list, [{ phone: phone(2), segment: GOLD }]);
      await addLeads(store, other, [{ phone: phone(3), segment: GOLD }]);
      expect(await counted()).toEqual({ [GOLD]: { ready: 2 } });
      expect(await store.leads.segments(null)).toHaveLength(2);
      await pause(GOLD);
      expect((await taken({ lists: [list, other] })).lead.phone).toBe(phone(3));
    });

    it('hands out nobody of a paused segment, and everybody again when it goes on', async () => {
      await addLeads(store, list, [
        { phone: phone(1), segment: GOLD, priority: 5 },
        { phone: phone(2), segment: LATE },
      ]);
      expect(await pause(GOLD)).toBe(true);
      expect(await pause('no such one')).toBe(false);
      const { lead, hold } = await taken();
      expect(lead.phone).toBe(phone(2));
      await store.leads.settle(settlement({ lead: lead.id, hold: hold.id, verb: 'remove', to: 'removed' }));
      expect(await take()).toEqual({ kind: 'nothing', reason: 'paused', nextAt: null });
      await pause(GOLD, false);
      expect((await taken()).lead.phone).toBe(phone(1));
    });

    it('says that the others come later, not that all are paused', async () => {
      await addLeads(store, list, [{ phone: phone(1), segment: GOLD }, { phone: phone(2) }]);
      await pause(GOLD);
      const { lead, hold } = await taken();
      const skip = settlement({ lead: lead.id, hold: hold.id, verb: 'skip', to: 'later', until: 9 * MINUTE });
      await store.leads.settle(skip);
      expect(await take()).toEqual({ kind: 'nothing', reason: 'later', nextAt: 9 * MINUTE });
    });

    it('treats callbacks of a paused segment as those of a paused list: they wait, and can be opened', async () => {
      await addLeads(store, list, [{ phone: phone(1), segment: GOLD }]);
      const booking = { at: 5, zone: null, wallTime: null, name: null, call: null, note: null, now: 1, by: ASHA };
      await store.callbacks.book({ ...booking, id: 'c1', source: null, owner: ASHA, lead: 1, purpose: 'service' });
      await pause(GOLD);
      expect(await take()).toMatchObject({ kind: 'nothing', reason: 'paused' });
      await store.callbacks.changeCallback('c1', { kind: 'release', reason: 'shift ends' }, ASHA, 0);
      expect(await take({ agent: RAVI })).toMatchObject({ kind: 'nothing', reason: 'paused' });
      expect(await store.callbacks.dueCallbacks(MINUTE)).toHaveLength(1);
      const { hold, lead } = await taken({ chosen: 1 });
      await store.leads.settle(settlement({ lead: lead.id, hold: hold.id, verb: 'release', to: 'back' }));
      await pause(GOLD, false);
      expect((await taken({ agent: RAVI })).hold.why).toBe('queue_callback');
    });

    it('closes a place in all segments at once, and in no other list', async () => {
      const other = await makeList(store);
      await addLeads(store, other, [{ phone: phone(9), segment: GOLD }]);
      await addLeads(store, list, [
        { phone: phone(1), segment: GOLD, priority: 5 },
        { phone: phone(2), segment: LATE },
        { phone: phone(3) },
        { phone: '+447911123456', segment: LATE, place: LONDON },
      ]);
      const closed = async (of: number) =>
        (await store.leads.lanes(of)).filter(({ closedUntil }) => closedUntil > 0).map(({ where }) => where);
      const { lead, hold } = await taken();
      const aside = { hold: hold.id, lead: lead.id, kind: 'closed', until: 30 * MINUTE } as const;
      expect((await taken({ aside })).lead.phone).toBe('+447911123456');
      expect(await closed(list)).toEqual([INDIA, INDIA, INDIA]);
      const plain = (await store.leads.lanes(list)).find(({ segment }) => segment === 0);
      await store.leads.closeLanes([{ list, place: plain?.place ?? 0, closedUntil: 0 }]);
      expect(await closed(list)).toEqual([]);
      expect(await closed(other)).toEqual([]);
    });

    it('adds up over segments what is left of a list, and tells what of it is paused', async () => {
      await addLeads(store, list, [
        { phone: phone(1), segment: GOLD },
        { phone: phone(2), segment: LATE },
        { phone: phone(3) },
      ]);
      await pause(LATE);
      const [left] = await store.leads.left();
      expect(left?.places).toHaveLength(2);
      expect(left?.places).toContainEqual({ where: INDIA, state: 'ready', n: 2, paused: false });
      expect(left?.places).toContainEqual({ where: INDIA, state: 'ready', n: 1, paused: true });
    });

    it('finds the leads of one segment, and says of a lead which it is', async () => {
      await addLeads(store, list, [{ phone: phone(1), segment: GOLD }, { phone: phone(2) }]);
      const of = async (segment: string) =>
        (await store.leads.leads({ list, segment, limit: 9, offset: 0 })).map(({ lead }) => lead.phone);
      expect([await of(GOLD), await of(LATE)]).toEqual([[phone(1)], []]);
      const filter = { list, segment: GOLD, limit: 9, offset: 0 };
      expect(await store.leads.leads({ ...filter, state: 'ready', phone: phone(1) })).toHaveLength(1);
      expect(await store.leads.leads({ ...filter, state: 'done' })).toHaveLength(0);
      expect((await store.leads.lead(1))?.segment).toBe(GOLD);
      expect((await store.leads.lead(2))?.segment).toBeNull();
    });

    it('goes with the import that brought it, when that is taken back', async () => {
      await addLeads(store, list, [{ phone: phone(1), segment: GOLD }]);
      const job = await begun();
      const leads = [newLead({ phone: phone(2), segment: GOLD }, 1), newLead({ phone: phone(3), segment: LATE }, 2)];
      await store.leadImports.storeLeads(job, 0, { upTo: 2, leads, bad: [] }, 0);
      expect(await counted()).toEqual({ [GOLD]: { ready: 1, staged: 1 }, [LATE]: { staged: 1 } });
      while ((await store.leadImports.unstage(job, list, false, 1)) > 0);
      expect(await counted()).toEqual({ [GOLD]: { ready: 1 } });
      expect((await store.leads.segments(list)).map(({ name }) => name)).toEqual([GOLD]);
    });

    it('is not made by rows that the list had already', async () => {
      await addLeads(store, list, [{ phone: phone(1) }]);
      await addLeads(store, list, [{ phone: phone(1), segment: GOLD }]);
      expect(await counted()).toEqual({ '': { ready: 1 } });
      expect(await store.leads.segments(list)).toEqual([]);
    });

    it('stays right when a person of it is forgotten', async () => {
      await addLeads(store, list, [
        { phone: phone(1), segment: GOLD },
        { phone: phone(2), segment: GOLD },
      ]);
      await taken();
      await store.retention.forget([phone(1).slice(1)], 5);
      expect(await counted()).toEqual({ [GOLD]: { ready: 1 } });
    });
  });
}
