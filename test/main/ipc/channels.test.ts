import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ASKS, HEARS } from '../../../src/shared/contract/ipc-channels';
import { ipcMessages, ipcRequests, windowNameSchema, type WindowName } from '../../../src/shared/contract/ipc';

/** Of the contract's map, the channels of one window. */
function ofWindow(map: Record<string, { windows: readonly WindowName[] }>, name: WindowName): string[] {
  return Object.entries(map).flatMap(([channel, { windows }]) => (windows.includes(name) ? [channel] : []));
}

const requests = Object.fromEntries(Object.entries(ipcRequests).map(([name, { from }]) => [name, { windows: from }]));
const messages = Object.fromEntries(Object.entries(ipcMessages).map(([name, { to }]) => [name, { windows: to }]));

describe.each(windowNameSchema.options)('the names that the %s may use', (name) => {
  it('are the contract’s, no more and no fewer', () => {
    expect([...ASKS[name]].sort()).toEqual(ofWindow(requests, name).sort());
    expect([...HEARS[name]].sort()).toEqual(ofWindow(messages, name).sort());
  });
});

// Building every schema of the contract cost each window a tenth of a second and seven megabytes at its start.
it('no preload script carries a schema', () => {
  const folder = path.resolve(import.meta.dirname, '../../../src/preload');
  const carried = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').split('\n'))
    .filter((line) => /^import (?!type )/.test(line))
    .map((line) => /from '(.+)'/.exec(line)?.[1]);
  expect(new Set(carried)).toEqual(new Set(['electron', '../shared/contract/ipc-channels', './bridge']));
});
