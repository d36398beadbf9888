import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { expect, it } from 'vitest';
import { keepTextSize, sizeStepOf, stepped } from '../../../src/main/windows/text-size';
import { settingsSchema } from '../../../src/shared/contract/settings';

const press = (
  key: string,
  held: Partial<Record<'control' | 'meta' | 'alt' | 'shift', boolean>> = { control: true },
) => ({
  type: 'keyDown' as const,
  key,
  code: '',
  isAutoRepeat: false,
  isComposing: false,
  control: false,
  meta: false,
  alt: false,
  shift: false,
  location: 0,
  ...held,
});

it.each([
  ['Ctrl and the plus sign, wherever this keyboard has it', press('+', { control: true, shift: true }), 'larger'],
  ['Ctrl and the key that says plus with Shift', press('='), 'larger'],
  ['Command on a Mac', press('-', { meta: true }), 'smaller'],
  ['Ctrl and zero', press('0'), 'normal'],
  ['a sign that is typed', press('+', {}), undefined],
  ['AltGr, which types signs', press('0', { control: true, alt: true }), undefined],
  ['the key let go', { ...press('+'), type: 'keyUp' as const }, undefined],
])('%s', (_what, input, step) => {
  expect(sizeStepOf(input)).toBe(step);
});

it('goes through the sizes and stops at the ends', () => {
  const up: number[] = [];
  for (let size = 100; up.at(-1) !== size; size = stepped(size, 'larger')) up.push(size);
  expect(up).toEqual([100, 110, 125, 150, 175, 200]);
  expect(stepped(200, 'smaller')).toBe(175);
  expect(stepped(100, 'smaller')).toBe(100);
  // A company may have set one in between.
  expect(stepped(130, 'larger')).toBe(150);
  expect(stepped(130, 'smaller')).toBe(125);
  expect(stepped(175, 'normal')).toBe(100);
});

it('a page has the size from its first load on, and again when it is chosen anew', () => {
  const page = new EventEmitter() as EventEmitter & { setZoomFactor: (factor: number) => void };
  const zooms: number[] = [];
  page.setZoomFactor = (factor) => zooms.push(factor);
  let size = 150;
  const apply = keepTextSize(page as unknown as WebContents, {
    now: () => size,
    choose: (next) => {
      size = next;
      apply();
    },
  });
  page.emit('dom-ready');
  let prevented = 0;
  const key = (input: object) => page.emit('before-input-event', { preventDefault: () => (prevented += 1) }, input);
  key(press('+'));
  key(press('k'));
  key(press('0'));
  key(press('0'));
  expect(zooms).toEqual([1.5, 1.75, 1]);
  expect(prevented).toBe(3);
});

it('is a setting between the normal size and twice that', () => {
  expect(settingsSchema.parse({}).text_size).toBeUndefined();
  expect(settingsSchema.safeParse({ text_size: 200 }).success).toBe(true);
  expect(settingsSchema.safeParse({ text_size: 250 }).success).toBe(false);
  expect(settingsSchema.safeParse({ text_size: 90 }).success).toBe(false);
});
