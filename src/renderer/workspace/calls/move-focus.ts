import type { KeyboardEvent } from 'react';

/** Moves the keyboard between the rows of a list, across its groups. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = rows[at + step];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
