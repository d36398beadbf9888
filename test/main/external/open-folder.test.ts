import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOpenFolder } from '../../../src/main/external/open-folder';
import { ipcRequests } from '../../../src/shared/contract/ipc';
import { until } from '../../support/poll';
import { ManualScheduler } from '../support/manual-scheduler';

let folder: string;
let scheduler: ManualScheduler;
let opened: string[];
let failures: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handover-logs-'));
  scheduler = new ManualScheduler();
  opened = [];
  failures = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const opener = (at: string, answer: () => Promise<string>) =>
  createOpenFolder({
    folder: at,
    open: (asked) => {
      opened.push(asked);
      return answer();
    },
    scheduler,
    failed: (what) => failures.push(what),
  });

test('the folder is shown, and no window says which', async () => {
  expect(await opener(folder, () => Promise.resolve(''))()).toBe(true);
  expect(opened).toEqual([folder]);
  expect(ipcRequests['logs:open'].args.safeParse({ path: '/etc' }).success).toBe(false);
  expect(ipcRequests['logs:open'].from).toEqual(['workspace']);
});

test('a file in its place is not started', async () => {
  const file = path.join(folder, 'logs');
  writeFileSync(file, '#!/bin/sh\n');
  expect(await opener(file, () => Promise.resolve(''))()).toBe(false);
  expect(await opener(path.join(folder, 'missing'), () => Promise.resolve(''))()).toBe(false);
  expect(opened).toEqual([]);
  expect(failures).toHaveLength(2);
});

test('a system that refuses, or never answers, is told of', async () => {
  expect(await opener(folder, () => Promise.resolve('no program for folders'))()).toBe(false);
  const asked = opener(folder, () => new Promise<string>(() => undefined))();
  await until('the second question', () => opened.length === 2);
  scheduler.advance(5_000);
  expect(await asked).toBe(false);
  expect(failures).toHaveLength(2);
});
