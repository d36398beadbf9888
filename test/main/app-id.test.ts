import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8');

// Row 7: Windows lists, and shows notifications of, only what it knows by the name that the installer registered.
test('the program calls itself by the id under which it is installed', () => {
  const installed = /^appId: (\S+)$/m.exec(read('electron-builder.yml'))?.[1];
  expect(installed).toBeDefined();
  expect(read('src/main/index.ts')).toContain(`app.setAppUserModelId('${installed ?? ''}')`);
});
