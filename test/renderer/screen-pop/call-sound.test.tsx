// @vitest-environment jsdom
import { act, cleanup, fireEvent } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fullCall, popView } from '../../../src/renderer/gallery/samples';
import type { SoundSettings } from '../../../src/shared/contract/sound';
import { drawPop, played } from '../support/draw';

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function sound(settings: SoundSettings | undefined, view = popView(fullCall)) {
  return drawPop({ ...view, sound: settings });
}
const wait = (ms: number) =>
  act(() => {
    vi.advanceTimersByTime(ms);
  });

test('a call sounds once and again until the agent points at it', () => {
  sound(undefined);
  expect(played).toEqual([{ name: 'chime', volume: 0.7 }]);
  wait(12_500);
  expect(played).toHaveLength(3);
  fireEvent.pointerOver(document.body);
  wait(60_000);
  expect(played).toHaveLength(3);
});

test('it does not go on for ever', () => {
  sound(undefined);
  wait(600_000);
  expect(played).toHaveLength(10);
});

test('the sound, its volume and its silence are the choice of the agent', () => {
  sound({ name: 'bell', volume: 0.2, repeat: false });
  wait(60_000);
  expect(played).toEqual([{ name: 'bell', volume: 0.2 }]);
  cleanup();
  sound({ name: 'none', volume: 1, repeat: true });
  expect(played).toEqual([]);
});

test('claiming ends it; news about the same call does not start it again', () => {
  const drawn = sound(undefined);
  drawn.publish(popView({ ...fullCall, campaign: 'Another' }));
  expect(played).toHaveLength(1);
  drawn.publish(popView({ ...fullCall, claim: { state: 'claiming' } }));
  drawn.publish(popView({ ...fullCall, claim: { state: 'refused', message: 'too late' } }));
  wait(60_000);
  expect(played).toHaveLength(1);
});

test('a call that somebody has makes no sound', () => {
  sound(undefined, popView({ ...fullCall, claim: { state: 'other', name: 'Asha Rao' } }));
  wait(60_000);
  expect(played).toEqual([]);
});
