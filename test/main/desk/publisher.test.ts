import { describe, expect, it } from 'vitest';
import { Histories } from '../../../src/main/desk/histories';
import { Publisher } from '../../../src/main/desk/publisher';
import { ManualScheduler, settled } from '../support/manual-scheduler';

describe('the publisher', () => {
  it('sends at once after quiet, and together what changes together', () => {
    const scheduler = new ManualScheduler();
    const sent: number[] = [];
    const publisher = new Publisher(scheduler, 60, () => sent.push(scheduler.now()));
    const start = scheduler.now();
    publisher.request();
    publisher.request();
    scheduler.advance(0);
    expect(sent).toEqual([start]);
    publisher.request();
    scheduler.advance(59);
    expect(sent).toHaveLength(1);
    scheduler.advance(1);
    expect(sent).toEqual([start, start + 60]);
    scheduler.advance(1_000);
    expect(sent).toHaveLength(2);
  });
});

describe('the publisher of a view that takes long to make', () => {
  it('leaves main at least nine tenths of its time', () => {
    const scheduler = new ManualScheduler();
    let sent = 0;
    const publisher = new Publisher(scheduler, 60, () => {
      sent += 1;
      scheduler.sleep(40);
    });
    const start = scheduler.now();
    while (scheduler.now() - start < 4_000) {
      publisher.request();
      scheduler.advance(10);
    }
    expect(sent).toBeLessThanOrEqual(11);
    expect(sent).toBeGreaterThan(5);
  });
});

describe('customer histories', () => {
  it('are asked for once per number while fresh, and shared by its calls', async () => {
    const scheduler = new ManualScheduler();
    const asked: string[] = [];
    const histories = new Histories({
      scheduler,
      fetch: (phone) => {
        asked.push(phone);
        return Promise.resolve({ state: 'ready', calls_30d: asked.length, dnc: null, calls: [] });
      },
      changed: () => undefined,
    });
    histories.want('+1');
    histories.want('+1');
    histories.want(undefined);
    await settled();
    expect(asked).toEqual(['+1']);
    expect(histories.of('+1')).toMatchObject({ calls_30d: 1 });
    expect(histories.of(undefined)).toEqual({ state: 'unavailable', reason: 'no_number' });
    scheduler.advance(5 * 60_000);
    histories.want('+1');
    // The old answer stays on the screen until the new one is here.
    expect(histories.of('+1')).toMatchObject({ calls_30d: 1 });
    await settled();
    expect(histories.of('+1')).toMatchObject({ calls_30d: 2 });
  });

  it('leave out the call on the line', async () => {
    const scheduler = new ManualScheduler();
    const now = scheduler.now();
    const calls = [
      { call: 'vinfer:now', at: now },
      { call: 'vinfer:before', at: now - 86_400_000, disposition: 'payment_promised' },
    ];
    const histories = new Histories({
      scheduler,
      fetch: () => Promise.resolve({ state: 'ready', calls_30d: 2, dnc: null, calls }),
      changed: () => undefined,
    });
    histories.want('+1');
    await settled();
    expect(histories.of('+1', 'vinfer:now')).toMatchObject({
      calls_30d: 1,
      last: { at: now - 86_400_000, disposition: 'payment_promised' },
    });
    expect(histories.of('+1', 'vinfer:other')).toMatchObject({ calls_30d: 2, last: { at: now } });
  });
});
