/** The desk as somebody without a mouse works it. */
import type { Page } from '@playwright/test';
import type { DeskApp } from './desk-app';

/** The system's own dialog gives this file, as if the person had chosen it. */
export function chooses(desk: DeskApp, file: string): Promise<void> {
  return desk.inMain(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
}

/** Moves the keyboard forward until it stands on this. */
export async function tabTo(page: Page, testId: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await page.getByTestId(testId).evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard never came to ${testId}`);
}
