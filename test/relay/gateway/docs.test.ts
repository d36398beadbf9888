/** docs/rest.md against the running relay: no route is missing, none is invented, codes and statuses are true. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemCodeSchema } from '../../../src/shared/contract/rest';
import { Problem } from '../../../src/relay/gateway/http/problem';
import { Harness, sectionsFor } from './support/harness';
import { StubPlatform } from './support/stub-platform';

const text = readFileSync(path.resolve(import.meta.dirname, '../../../docs/rest.md'), 'utf8');
type Role = 'agent' | 'supervisor' | 'admin';

const routes = [
  ...text.matchAll(/^\| `(GET|POST|PUT|DELETE) (\/v1\/\S+)` +\| (agent|supervisor|admin|anyone) +\|/gm),
].map(([, method = '', url = '', role]) => ({ method, url, role: role as Role | 'anyone' }));

const AGENTS: Record<Role, string> = { agent: 'asha', supervisor: 'sup', admin: 'root' };

let stub: StubPlatform;
let harness: Harness;

beforeAll(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'), {
    deliveries: {
      list: () => Promise.resolve({ total: 0, deliveries: [] }),
      show: () => Promise.resolve(undefined),
      replay: () => Promise.resolve({ ok: false, reason: 'not_found' }),
    },
    invites: { make: () => Promise.resolve({ ok: false, message: '' }), join: () => Promise.resolve(undefined) },
    checks: { begin: () => Promise.resolve({ hops: [], platforms: [] }), end: () => Promise.resolve(false) },
    floor: {
      board: { calls: () => Promise.resolve([]) },
      store: { presences: () => Promise.resolve([]), leadTimesOfAll: () => Promise.resolve([]) },
      queues: [],
    },
  });
});
afterAll(async () => {
  await harness.close();
  await stub.stop();
});

async function ask(method: string, url: string, role: Role): Promise<number> {
  const filled = url.replace(/:(call|id)/, 'vinfer%3Ax').replace(':phone', '%2B919876500001');
  return (await harness.ask(AGENTS[role], method as 'GET', filled)).status;
}

describe('docs/rest.md', () => {
  it.each(routes)('$method $url is for the role $role, and for no lesser one', async ({ method, url, role }) => {
    if (role === 'anyone') {
      expect((await harness.app.inject({ method: method as 'POST', url, payload: {} })).statusCode).not.toBe(403);
      return;
    }
    expect(await ask(method, url, role)).not.toBe(403);
    if (role !== 'agent') expect(await ask(method, url, 'agent')).toBe(403);
    if (role === 'admin') expect(await ask(method, url, 'supervisor')).toBe(403);
  });

  it('names every route', () => {
    const named = routes.map(({ method, url }) => `${method} ${url}`);
    expect([...harness.routes].sort()).toEqual(named.sort());
  });

  it('names every code with its status', () => {
    const named = [...text.matchAll(/^\| `(\w+)` +\| (\d{3}) +\|/gm)].map(([, code = '', status = '']) => [
      code,
      Number(status),
    ]);
    expect(named.sort()).toEqual(problemCodeSchema.options.map((code) => [code, new Problem(code, '').status]).sort());
  });
});
