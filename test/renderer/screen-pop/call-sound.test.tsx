// @vitest-environment jsdom
import { act, cleanup, fireEvent } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fullCall, NOW, popView } from '../../../src/renderer/gallery/samples';
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

test('it comes from the device that the agent chose, and news in the settings does not start it again', () => {
  const headset = { id: 'headset', label: 'Jabra' };
  const drawn = sound({ name: 'bell', volume: 0.2, repeat: true, device: headset });
  drawn.publish({ ...popView(fullCall), sound: { name: 'bell', volume: 0.2, repeat: true, device: 'all' } });
  expect(played).toEqual([{ name: 'bell', volume: 0.2, device: headset }]);
  wait(6_500);
  expect(played.at(-1)).toEqual({ name: 'bell', volume: 0.2, device: 'all' });
});

test('a window that something covers sounds until it is seen, whatever the agent chose', () => {
  const chosen = { name: 'none', volume: 1, repeat: false } as const;
  const drawn = sound(chosen);
  expect(played).toEqual([]);
  drawn.publish({ ...popView(fullCall), sound: chosen, insist: true });
  wait(6_500);
  expect(played).toHaveLength(2);
  drawn.publish({ ...popView(fullCall), sound: chosen });
  wait(60_000);
  expect(played).toHaveLength(2);
});

test('the same call passed on to this agent again sounds like a new one', () => {
  const drawn = sound(undefined);
  drawn.publish(popView({ ...fullCall, claim: { state: 'other', name: 'Ben Kaya' } }));
  drawn.publish(popView(fullCall));
  expect(played).toHaveLength(2);
  drawn.publish(popView(fullCall, { event: 'evt_2' }));
  expect(played).toHaveLength(3);
  wait(6_500);
  expect(played).toHaveLength(4);
});

test('claiming ends it; news about the same call does not start it again', () => {
  const drawn = sound(undefined);
  drawn.publish(popView({ ...fullCall, campaign: 'Another' }));
  expect(played).toHaveLength(1);
  drawn.publish(popView({ ...fullCall, claim: { state: 'claiming' } }));
  drawn.publish(popView({ ...fullCall, claim: { state: 'refused', reason: 'no_reply' } }));
  wait(60_000);
  expect(played).toHaveLength(1);
});

test('a call that somebody has makes no sound', () => {
  sound(undefined, popView({ ...fullCall, claim: { state: 'other', name: 'Asha Rao' } }));
  wait(60_000);
  expect(played).toEqual([]);
});

test('choosing between calls that wait is no news, and a call that goes on waiting sounds on', () => {
  const drawn = sound(undefined);
  const waits = (call: string) => [{ call, escalated_at: NOW, trigger: 'upset' as const }];
  const newer = popView({ ...fullCall, call: 'vinfer:newer' }, { event: 'evt_newer', waiting: waits(fullCall.call) });
  drawn.publish(newer);
  expect(played).toHaveLength(2);
  drawn.publish(popView(fullCall, { waiting: waits('vinfer:newer') }));
  drawn.publish(newer);
  expect(played).toHaveLength(2);
  wait(6_500);
  expect(played).toHaveLength(3);
  // Taken by another out of the strip, and passed on to this agent: that is news.
  drawn.publish({ ...newer, waiting: [] });
  drawn.publish(popView(fullCall));
  expect(played).toHaveLength(4);
});

test('a look at any of several windows ends the sound in the one that sounds', () => {
  const drawn = sound(undefined);
  drawn.publish({ ...popView(fullCall), seen: true });
  wait(60_000);
  expect(played).toHaveLength(1);
});

test.each([
  ['points at it', () => fireEvent.pointerOver(document.body)],
  ['presses a key', () => fireEvent.keyDown(document.body, { key: 'a' })],
  ['gives it the keyboard', () => fireEvent.focus(window)],
])('the window tells once per call that the agent %s, also where it only mirrors another', (_, turn) => {
  const drawn = drawPop({ ...popView(fullCall), event: null });
  expect(drawn.sent('pop:seen')).toEqual([]);
  turn();
  turn();
  expect(drawn.sent('pop:seen')).toEqual([{ call: fullCall.call }]);
  drawn.publish(popView({ ...fullCall, call: 'vinfer:next' }));
  turn();
  expect(drawn.sent('pop:seen')).toEqual([{ call: fullCall.call }, { call: 'vinfer:next' }]);
});
