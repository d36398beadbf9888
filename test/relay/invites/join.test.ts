import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inviteAnswerSchema, joinAnswerSchema } from '../../../src/shared/contract/invites';
import { parseInvite } from '../../../src/shared/contract/joining';
import { runAdmin } from '../../../src/relay/admin/commands';
import { systemClock } from '../../../src/relay/clock';
import { TestRelay } from '../../support/relay/running-relay';

let relay: TestRelay;
let root: string;
let skipped = 0;

beforeEach(async () => {
  skipped = 0;
  const clock = { now: () => systemClock.now() + skipped, monotonic: () => systemClock.monotonic() + skipped };
  relay = await TestRelay.start({ clock });
  root = await relay.agent('root', { role: 'admin' });
});
afterEach(async () => {
  await relay.stop();
});

const NONCE = 'a-nonce-that-nobody-guesses';

async function post(path: string, body: unknown, token?: string) {
  const response = await fetch(`${relay.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
}

const invite = async (more: Record<string, unknown> = {}) =>
  inviteAnswerSchema.parse((await post('/v1/invites', { id: 'asha', name: 'Asha Rao', ...more }, root)).body);
const join = (code: string, nonce = NONCE) => post('/v1/join', { code: parseInvite(code)?.secret ?? code, nonce });

describe('an invite', () => {
  it('names the relay’s host in plain sight, and is told to administrators only', async () => {
    const made = await invite({ host: 'Relay.example.com:8443' });
    expect(made.link).toBe(`handover-desk://join/${made.code}`);
    expect(parseInvite(made.code)).toMatchObject({ host: 'relay.example.com:8443' });
    const sup = await relay.agent('sup', { role: 'supervisor' });
    expect((await post('/v1/invites', { id: 'ravi', name: 'Ravi' }, sup)).status).toBe(403);
    expect((await post('/v1/invites', { id: 'ravi', name: 'Ravi' })).status).toBe(401);
  });

  it('is exchanged for a token that signs a desk in', async () => {
    const { code } = await invite({ queues: ['sales'] });
    const answer = await join(code);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { token, agent } = joinAnswerSchema.parse(answer.body);
    expect(agent).toEqual({ id: 'asha', name: 'Asha Rao', role: 'agent' });
    const desk = await relay.desk(token);
    expect((await desk.welcome()).agent).toMatchObject({ id: 'asha', queues: ['sales'] });
  });

  it('gives the same desk the same token again when the answer was lost, and another desk none', async () => {
    const { code } = await invite();
    const first = await join(code);
    expect(await join(code)).toMatchObject({ status: 200, body: first.body });
    expect((await join(code, 'another-nonce-entirely')).status).toBe(401);
  });

  it('expires', async () => {
    const { code } = await invite({ expires_in_s: 60 });
    skipped = 60_001;
    expect((await join(code)).status).toBe(401);
  });

  it('lies in the store only as a hash', async () => {
    const { code } = await invite();
    const secret = parseInvite(code)?.secret ?? '';
    const { token } = joinAnswerSchema.parse((await join(code)).body);
    await relay.restart();
    const { readFileSync } = await import('node:fs');
    for (const name of ['relay.db', 'relay.db-wal']) {
      let bytes: Buffer;
      try {
        bytes = readFileSync(relay.file(name));
      } catch {
        continue;
      }
      expect(bytes.includes(secret)).toBe(false);
      expect(bytes.includes(token)).toBe(false);
    }
    expect((await join(code)).status).toBe(200);
  });

  it('guesses are slowed down, and a good code from there waits with them', async () => {
    const { code } = await invite();
    for (let guess = 0; guess < 10; guess += 1) expect((await join('x'.repeat(32))).status).toBe(401);
    const refused = await join(code);
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    skipped = 61_000;
    expect((await join(code)).status).toBe(200);
  });

  it.each([
    ['no nonce', { code: 'x'.repeat(32) }],
    ['a short nonce', { code: 'x'.repeat(32), nonce: 'short' }],
    ['too much', { code: 'x'.repeat(2_000), nonce: NONCE }],
  ])('asked for with %s is refused without a look', async (_what, body) => {
    const answer = await post('/v1/join', body);
    expect([400, 413]).toContain(answer.status);
    expect(JSON.stringify(answer.body)).not.toContain('xxxx');
  });

  it('for a queue that does not exist is not made', async () => {
    const answer = await post('/v1/invites', { id: 'asha', name: 'A', queues: ['nowhere'] }, root);
    expect(answer).toMatchObject({ status: 400, body: { detail: 'not in the configuration: queue nowhere' } });
  });

  it('is made by the command line, too', async () => {
    const profile = { id: 'ravi', name: 'Ravi', numbers: [], queues: [], role: 'agent' as const };
    const wanted = { ...profile, expires_in_s: 3_600, host: '127.0.0.1:4780' };
    const answer = await runAdmin({ command: 'agent.invite', ...wanted }, relay.relay.admin);
    const { code } = inviteAnswerSchema.parse(answer.ok ? answer.value : undefined);
    expect((await join(code)).status).toBe(200);
  });
});
