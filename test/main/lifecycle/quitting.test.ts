import { expect, test } from 'vitest';
import { DRAIN_WITHIN_MS, LAST_WORD_WITHIN_MS, Quitting } from '../../../src/main/lifecycle/quitting';
import { ManualScheduler, settled } from '../support/manual-scheduler';

function quitting(stop: () => Promise<void>, lastWord: () => Promise<void> = () => Promise.resolve()) {
  const scheduler = new ManualScheduler();
  const done: string[] = [];
  const under = new Quitting({
    scheduler,
    stop: () => {
      done.push('stop');
      return stop();
    },
    quit: () => done.push('quit'),
    exit: () => done.push('exit'),
    gaveUp: (why) => {
      done.push(`gave up: ${why}`);
      return lastWord();
    },
  });
  return { under, scheduler, done };
}

const never = () => new Promise<void>(() => undefined);

test('what is open is let go of before the desk quits', async () => {
  const { under, done } = quitting(() => Promise.resolve());
  expect(under.mayQuit()).toBe(false);
  await settled();
  expect(done).toEqual(['stop', 'quit']);
  expect(under.mayQuit()).toBe(true);
});

test('what does not let go in time is left, and the desk ends without asking its windows', async () => {
  const { under, scheduler, done } = quitting(never);
  expect(under.mayQuit()).toBe(false);
  scheduler.advance(DRAIN_WITHIN_MS - 1);
  await settled();
  expect(done).toEqual(['stop']);
  scheduler.advance(1);
  await settled();
  expect(done).toEqual(['stop', 'gave up: overdue', 'exit']);
});

test('a log that cannot be written does not keep the desk either', async () => {
  const { under, scheduler, done } = quitting(never, never);
  under.mayQuit();
  scheduler.advance(DRAIN_WITHIN_MS);
  await settled();
  expect(done).not.toContain('exit');
  scheduler.advance(LAST_WORD_WITHIN_MS);
  expect(done).toContain('exit');
});

test('a part that fails to stop ends the desk the same way: the windows may not have been told', async () => {
  const { under, done } = quitting(() => Promise.reject(new Error('no')));
  under.mayQuit();
  await settled();
  expect(done).toEqual(['stop', 'gave up: failed', 'exit']);
});

test('quitting again while it drains begins nothing twice', async () => {
  const { under, scheduler, done } = quitting(never);
  under.mayQuit();
  expect(under.mayQuit()).toBe(false);
  scheduler.advance(DRAIN_WITHIN_MS);
  await settled();
  expect(done).toEqual(['stop', 'gave up: overdue', 'exit']);
});
