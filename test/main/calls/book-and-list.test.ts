import { describe, expect, it } from 'vitest';
import { CallBook, MAX_FINISHED_CALLS } from '../../../src/main/calls/call-book';
import { NO_POPS, addPop, removePop, selectPop } from '../../../src/main/calls/pop-list';
import { createRelayClock } from '../../../src/main/calls/relay-clock';
import { CALL, after, call, escalation, event } from '../support/events';

describe('the call book', () => {
  it('folds events into their call and passes over events of none', () => {
    const book = new CallBook();
    expect(book.fold(escalation())?.fields.contact_name?.value).toBe('Amit Patel');
    expect(book.fold(event('campaign.paused', { campaign: 'c' }, { subject: 'vinfer:campaign/c' }))).toBeUndefined();
    expect([...book.all()]).toHaveLength(1);
  });

  it('goes on folding from the relay’s snapshot without touching it', () => {
    const snapshot = call(escalation());
    const book = new CallBook();
    book.put(snapshot);
    book.fold(event('call.ended', {}, { time: after(9) }));
    expect(book.get(CALL)?.milestones.ended?.at).toBe(after(9));
    expect(snapshot.milestones.ended).toBeUndefined();
  });

  it('forgets what is gone, and everything at a reset', () => {
    const book = new CallBook();
    book.put(call(escalation()));
    expect(book.drop(CALL)).toBe(true);
    expect(book.drop(CALL)).toBe(false);
    book.reset([call(escalation({}, { subject: 'vinfer:other' }))]);
    expect(book.get('vinfer:other')).toBeDefined();
  });

  it('keeps a bounded number of finished calls, the newest, and every open one', () => {
    const book = new CallBook();
    book.fold(escalation({}, { subject: 'vinfer:open' }));
    for (let n = 0; n < MAX_FINISHED_CALLS + 5; n += 1) book.fold(event('call.ended', {}, { subject: `vinfer:${n}` }));
    expect([...book.all()]).toHaveLength(MAX_FINISHED_CALLS + 1);
    expect(book.get('vinfer:open')).toBeDefined();
    expect(book.get('vinfer:4')).toBeUndefined();
  });
});

describe('the pops of the window', () => {
  const pop = (id: string, since: number) => ({ call: id, event: `e-${id}`, since });

  it('shows the newest in full and keeps the others in a strip', () => {
    const list = addPop(addPop(NO_POPS, pop('a', 1), false), pop('b', 2), false);
    expect(list.current).toBe('b');
    expect(list.pops.map(({ call: id }) => id)).toEqual(['b', 'a']);
  });

  it('does not change under the hand of an agent who is just claiming', () => {
    expect(addPop(addPop(NO_POPS, pop('a', 1), false), pop('b', 2), true).current).toBe('a');
  });

  it('replaces an earlier escalation of the same call', () => {
    const list = addPop(addPop(NO_POPS, pop('a', 1), false), { ...pop('a', 5), event: 'again' }, false);
    expect(list.pops).toEqual([{ call: 'a', event: 'again', since: 5 }]);
  });

  it('moves on to the next when the one shown goes, and only then', () => {
    const list = addPop(addPop(NO_POPS, pop('a', 1), false), pop('b', 2), false);
    expect(removePop(list, 'b').current).toBe('a');
    expect(removePop(list, 'a').current).toBe('b');
    expect(removePop(removePop(list, 'a'), 'b').current).toBeNull();
  });

  it('switches to another one on request, never to one that is not there', () => {
    const list = addPop(addPop(NO_POPS, pop('a', 1), false), pop('b', 2), false);
    expect(selectPop(list, 'a').current).toBe('a');
    expect(selectPop(list, 'x').current).toBe('b');
  });
});

describe('the relay’s clock', () => {
  it('corrects instants by what the relay said its time was', () => {
    const clock = createRelayClock(() => 100_000);
    clock.correct(new Date(40_000).toISOString(), 99_000, 101_000);
    expect(clock.now()).toBe(40_000);
    expect(clock.local(new Date(41_000).toISOString())).toBe(101_000);
  });
});
