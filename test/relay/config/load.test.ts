import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/relay/config/config-error';
import { loadConfig } from '../../../src/relay/config/load';
import { testPlatform } from '../../support/relay/test-platform';

const known = new Map([['test', testPlatform]]);
const minimal = { store: { kind: 'sqlite', path: 'relay.db' } };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'handover-config-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function load(config: unknown, env: Record<string, string> = {}) {
  const file = path.join(folder, 'relay.json');
  await writeFile(file, typeof config === 'string' ? config : JSON.stringify(config));
  return loadConfig(file, known, (name) => env[name]);
}

async function problems(config: unknown): Promise<readonly string[]> {
  const error = await load(config).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConfigError)) throw new Error('the configuration was taken');
  return error.problems;
}

describe('configuration', () => {
  test('what is not said has its default, and paths are relative to the file', async () => {
    const config = await load(minimal);
    expect(config.listen).toMatchObject({ host: '127.0.0.1', port: 4780 });
    expect(config.store).toEqual({ kind: 'sqlite', path: path.join(folder, 'relay.db') });
    expect(config.late_after_s).toBe(45);
  });

  test.each([
    [{ ...minimal, listne: {} }, 'listne: unknown key'],
    [
      { ...minimal, store: { kind: 'postgres', url: 'mysql://root:secret@db/x' } },
      'store.url: must look like postgres://user:password@host:5432/database',
    ],
    [
      { ...minimal, store: { kind: 'postgres', url: 'postgres://a@db/x' } },
      'deliveries.key: must be set with a PostgreSQL store, the same for every relay',
    ],
    [{ ...minimal, listen: { prot: 1 } }, 'listen.prot: unknown key'],
    [{ ...minimal, platforms: { test: { key: 'k', kee: 1 } } }, 'platforms.test.kee: unknown key'],
    [{ ...minimal, platforms: { other: {} } }, 'platforms.other: unknown key'],
    [{ ...minimal, platforms: { constructor: {} } }, 'platforms.constructor: unknown key'],
    [{ ...minimal, queues: [{ id: 'a', name: 'A', nmae: 1 }] }, 'queues[0].nmae: unknown key'],
  ])('an unknown key is an error that names its path', async (config, problem) => {
    expect(await problems(config)).toContain(problem);
  });

  test('wrong values name their path too', async () => {
    expect(await problems({ ...minimal, listen: { port: 'x' } })).toEqual([expect.stringMatching(/^listen\.port: /)]);
    expect(await problems({ listen: {} })).toEqual([expect.stringMatching(/^store: /)]);
    expect(
      await problems({
        ...minimal,
        queues: [
          { id: 'a', name: 'A' },
          { id: 'a', name: 'B' },
        ],
      }),
    ).toEqual(['queues[1].id: a is used twice']);
    expect(await problems('{ no json')).toEqual([expect.stringContaining('is not JSON')]);
  });

  test('any string may come from the environment or a file', async () => {
    await writeFile(path.join(folder, 'secret.txt'), 'from-file\n');
    const fromFile = await load({ ...minimal, platforms: { test: { key: { file: 'secret.txt' } } } });
    expect(fromFile.platforms.get('test')?.config).toEqual({ key: 'from-file' });
    const fromEnv = await load({ ...minimal, platforms: { test: { key: { env: 'KEY' } } } }, { KEY: 'from-env' });
    expect(fromEnv.platforms.get('test')?.config).toEqual({ key: 'from-env' });
  });

  test('a reference that leads nowhere says which', async () => {
    expect(await problems({ ...minimal, platforms: { test: { key: { env: 'NONE' } } } })).toEqual([
      'platforms.test.key: environment variable NONE is not set',
    ]);
    expect(await problems({ ...minimal, platforms: { test: { key: { file: 'none' } } } })).toEqual([
      'platforms.test.key: file none cannot be read',
    ]);
  });
});
