import { pino } from 'pino';
import { expect, it } from 'vitest';
import { StopReader, type StopReaderDeps } from '../../../src/relay/dnc/stop-reader';
import type { NewEntry } from '../../../src/relay/dnc/port';
import { event, TestClock } from '../gateway/support/harness';

it('a stop that another relay took is in the list before a check is answered, although its notice was lost', async () => {
  const clock = new TestClock();
  const said = event('call.disposition', 'test:a', { value: 'dnc', by: 'ai' }, clock.now());
  const recorded: NewEntry[] = [];
  let head = 0;
  const entry = { offset: 1, body: JSON.stringify(said), call: 'test:a', audience: [] };
  const store = {
    shared: true,
    refresh: () => Promise.resolve(void (head = 1)),
    position: () => ({ epoch: 'e', head, floor: 0 }),
    onAppended: () => undefined,
    page: (after: number) => Promise.resolve({ entries: after < 1 ? [entry] : [], upTo: head }),
    gateway: {
      mark: () => Promise.resolve(0),
      putMark: () => Promise.resolve(),
      callSnapshot: () => Promise.resolve(undefined),
    },
    dnc: { recordStops: (entries: NewEntry[]) => Promise.resolve(void recorded.push(...entries)) },
  } as unknown as StopReaderDeps['store'];
  const reader = new StopReader({
    ...{ store, clock, meansStop: () => false, platformsFor: () => [], recorded: () => undefined },
    log: pino({ level: 'silent' }),
  });
  await reader.caughtUp();
  expect(recorded).toMatchObject([{ call: 'test:a', origin: 'ai', scope: 'automated' }]);
});
