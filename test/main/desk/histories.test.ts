import { beforeEach, describe, expect, it } from 'vitest';
import { Histories, MAX_NUMBERS } from '../../../src/main/desk/histories';
import type { KnownCustomer } from '../../../src/main/relay-client/contact-history';
import { ManualScheduler, settled } from '../support/manual-scheduler';

const NUMBER = '+919123456789';
const KNOWN: KnownCustomer = { state: 'ready', calls_30d: 2, dnc: null, calls: [] };
const FAILED: KnownCustomer = { state: 'unavailable', reason: 'offline' };

let scheduler: ManualScheduler;
let asked: string[];
let answer: KnownCustomer;
let histories: Histories;

beforeEach(() => {
  scheduler = new ManualScheduler();
  asked = [];
  answer = KNOWN;
  histories = new Histories({
    scheduler,
    fetch: (phone) => {
      asked.push(phone);
      return Promise.resolve(answer);
    },
    changed: () => undefined,
  });
});

async function want(phone = NUMBER): Promise<void> {
  histories.want(phone);
  await settled();
}

describe('the history of a customer', () => {
  it('is asked once while it is fresh', async () => {
    await want();
    scheduler.advance(60_000);
    await want();
    expect(asked).toEqual([NUMBER]);
    scheduler.advance(300_000);
    await want();
    expect(asked).toHaveLength(2);
  });

  it('that could not be had is asked again after ten seconds, and not sooner', async () => {
    answer = FAILED;
    await want();
    expect(histories.of(NUMBER)).toMatchObject({ state: 'unavailable' });
    scheduler.advance(9_000);
    await want();
    expect(asked).toHaveLength(1);
    answer = KNOWN;
    scheduler.advance(1_000);
    await want();
    expect(histories.of(NUMBER)).toMatchObject({ state: 'ready', calls_30d: 2 });
  });

  it('that could not be had is asked again at once when the relay is there again', async () => {
    answer = FAILED;
    await want();
    await want('+15550100');
    answer = KNOWN;
    histories.connected([NUMBER, undefined]);
    await settled();
    expect(asked).toEqual([NUMBER, '+15550100', NUMBER]);
    histories.connected([NUMBER]);
    await settled();
    expect(asked).toHaveLength(3);
  });

  it('stays known for the calls that are shown, however many others call in a shift', async () => {
    for (let n = 0; n < MAX_NUMBERS; n += 1) await want(`+1${n}`);
    await want('+1one_more');
    expect(histories.of(`+1${MAX_NUMBERS - 1}`)).toMatchObject({ state: 'ready' });
    expect(histories.of('+1one_more')).toMatchObject({ state: 'ready' });
    expect(histories.of('+10')).toEqual({ state: 'loading' });
  });
});
