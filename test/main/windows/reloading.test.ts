import { beforeEach, expect, test } from 'vitest';
import { Reloading, STEADY_AFTER_MS, WAITS_MS } from '../../../src/main/windows/reloading';
import { ManualScheduler } from '../support/manual-scheduler';

let scheduler: ManualScheduler;
let did: string[];
let reloading: Reloading;

beforeEach(() => {
  scheduler = new ManualScheduler();
  did = [];
  reloading = new Reloading({ scheduler, load: () => did.push('load'), gaveUp: () => did.push('gave up') });
});

/** Dies as soon as it is loaded, until nobody loads it any more. */
function dieAlways(): void {
  for (const wait of WAITS_MS) {
    reloading.died();
    scheduler.advance(wait);
  }
  reloading.died();
  scheduler.advance(10 * STEADY_AFTER_MS);
}

test('a page that dies is loaded again at once', () => {
  reloading.died();
  expect(did).toEqual(['load']);
});

test('one that dies again is given a pause before the next try', () => {
  reloading.died();
  reloading.died();
  expect(did).toEqual(['load']);
  scheduler.advance(WAITS_MS[1] ?? 0);
  expect(did).toEqual(['load', 'load']);
});

test('one that dies whenever it is loaded is given up, and the person is told once', () => {
  dieAlways();
  expect(did).toEqual([...WAITS_MS.map(() => 'load'), 'gave up']);
});

test('the person may have it tried anew', () => {
  dieAlways();
  did = [];
  reloading.again();
  reloading.died();
  expect(did).toEqual(['load', 'load']);
});

test('one that dies once in a while is loaded every time', () => {
  for (let day = 0; day < 10; day += 1) {
    scheduler.advance(STEADY_AFTER_MS);
    reloading.died();
  }
  expect(did).toEqual(Array.from({ length: 10 }, () => 'load'));
});

test('after the end nothing is loaded', () => {
  reloading.died();
  reloading.died();
  reloading.stop();
  scheduler.advance(STEADY_AFTER_MS);
  expect(did).toEqual(['load']);
});
