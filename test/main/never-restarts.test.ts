import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const MAIN = path.resolve(import.meta.dirname, '../../src/main');
const RESTARTS = /\b(relaunch|quitAndInstall|autoUpdater|electron-updater)\b/;

// Row 40: a desk that starts anew by itself does so in the middle of somebody's call.
test('nothing in the desk starts it anew or installs a version by itself', () => {
  const files = readdirSync(MAIN, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(100);
  const found = files.filter((file) => RESTARTS.test(readFileSync(path.join(MAIN, file), 'utf8')));
  expect(found).toEqual([]);
});
