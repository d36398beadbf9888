/** How large everything is in the windows: from the setting, and by the keys that browsers have for it. */
import type { Input, WebContents } from 'electron';
import { NORMAL_TEXT, TEXT_SIZES } from '../../shared/lib/text-size';

export type SizeStep = 'larger' | 'smaller' | 'normal';

export interface TextSize {
  /** Percent of the normal size. */
  now: () => number;
  choose: (percent: number) => void;
}

/** What a key press asks for. A sign counts however this keyboard writes it; `=` and `_` share their keys with `+` and `-`. */
export function sizeStepOf({ type, key, control, meta, alt }: Omit<Input, 'modifiers'>): SizeStep | undefined {
  if (type !== 'keyDown' || alt || !(control || meta)) return undefined;
  if (key === '+' || key === '=') return 'larger';
  if (key === '-' || key === '_') return 'smaller';
  return key === '0' ? 'normal' : undefined;
}

/** @param now percent @returns the next of the sizes there are; the same at either end */
export function stepped(now: number, step: SizeStep): number {
  if (step === 'normal') return NORMAL_TEXT;
  if (step === 'larger') return TEXT_SIZES.find((size) => size > now) ?? now;
  return TEXT_SIZES.findLast((size) => size < now) ?? now;
}

/** Keeps a page at the chosen size, and hears the keys that change it. @returns to call when it was chosen anew */
export function keepTextSize(contents: WebContents, { now, choose }: TextSize): () => void {
  const apply = () => contents.setZoomFactor(now() / NORMAL_TEXT);
  // Chromium keeps the size by address: a page that was never loaded has none yet.
  contents.on('dom-ready', apply);
  contents.on('before-input-event', (event, input) => {
    const step = sizeStepOf(input);
    if (step === undefined) return;
    event.preventDefault();
    const next = stepped(now(), step);
    if (next !== now()) choose(next);
  });
  return apply;
}
