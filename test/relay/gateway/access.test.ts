import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problemSchema, webhooksAnswerSchema } from '../../../src/shared/contract/rest';
import { Harness, sectionsFor } from './support/harness';
import { StubPlatform } from './support/stub-platform';

let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'));
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

const CAMPAIGN = { name: 'Diwali', contacts: [{ phone: '+919876500001' }] };
const WEBHOOK = { url: 'https://relay.example/hooks/vinfer', events: ['call.escalated'] };

describe('who may', () => {
  it.each([
    ['GET', '/v1/calls', { agent: 200, supervisor: 200, admin: 200 }],
    ['GET', '/v1/me/stats', { agent: 200, supervisor: 200, admin: 200 }],
    ['GET', '/v1/campaigns', { agent: 200, supervisor: 200, admin: 200 }],
    ['POST', '/v1/campaigns', { agent: 403, supervisor: 201, admin: 201 }],
    ['POST', '/v1/campaigns/vinfer%3Acmp_1/pause', { agent: 403, supervisor: 200, admin: 200 }],
    ['GET', '/v1/campaigns/vinfer%3Acmp_1/calls', { agent: 403, supervisor: 200, admin: 200 }],
    ['GET', '/v1/webhooks', { agent: 403, supervisor: 403, admin: 200 }],
    ['POST', '/v1/webhooks', { agent: 403, supervisor: 403, admin: 201 }],
    ['DELETE', '/v1/webhooks/vinfer%3Awh_1', { agent: 403, supervisor: 403, admin: 204 }],
  ] as const)('%s %s', async (method, url, allowed) => {
    stub.campaigns.set('cmp_1', { id: 'cmp_1', name: 'x', status: 'running', dialled: true });
    const body =
      method !== 'POST' ? undefined : url === '/v1/webhooks' ? WEBHOOK : url === '/v1/campaigns' ? CAMPAIGN : {};
    for (const [agent, role] of [
      ['asha', 'agent'],
      ['sup', 'supervisor'],
      ['root', 'admin'],
    ] as const) {
      const answer = await harness.ask(agent, method, url, body === undefined ? {} : { body });
      expect(answer.status, role).toBe(allowed[role]);
    }
  });
});

describe('a refused request', () => {
  it.each([
    ['a misspelt key', { phone: '+919876500001', fone: 1 }],
    ['a number that is not E.164', { phone: '98765 00001' }],
    ['nothing', undefined],
    ['a list', []],
  ])('with %s is a problem that repeats nothing of it', async (_what, body) => {
    const { status, body: answer, headers } = await harness.ask('asha', 'POST', '/v1/calls', { body, key: 'k1' });
    expect(status).toBe(400);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(problemSchema.parse(answer).code).toBe('bad_request');
    expect(JSON.stringify(answer)).not.toContain('98765');
    expect(JSON.stringify(answer)).not.toContain('fone');
  });

  it('with a body that is no JSON, too large, or to nowhere is a problem too', async () => {
    const headers = { authorization: 'Bearer token-of-asha', 'content-type': 'application/json' };
    const send = (payload: string, url = '/v1/calls') => harness.app.inject({ method: 'POST', url, headers, payload });
    expect(problemSchema.parse((await send('{')).json())).toMatchObject({ status: 400, code: 'bad_request' });
    expect(problemSchema.parse((await send(`"${'x'.repeat(2_000_000)}"`)).json())).toMatchObject({ code: 'too_large' });
    expect(problemSchema.parse((await send('{}', '/v1/nowhere')).json())).toMatchObject({ status: 404 });
    expect(problemSchema.parse((await send('{}', '/v1/calls/%00/disposition')).json()).status).toBe(404);
  });

  it('with an unusable key says so', async () => {
    const body = { phone: '+919876500001' };
    for (const key of ['a'.repeat(256), 'with space', '']) {
      expect(
        (await harness.ask('asha', 'POST', '/v1/calls', { body, headers: { 'idempotency-key': key } })).status,
      ).toBe(400);
    }
    expect(stub.seen).toEqual([]);
  });
});

describe('a token', () => {
  const ask = (token: string | undefined) =>
    harness.app.inject({
      url: '/v1/me/stats',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });

  it('that is missing, wrong or revoked gets 401', async () => {
    expect((await ask(undefined)).statusCode).toBe(401);
    const wrong = await ask('wrong');
    expect(wrong.statusCode).toBe(401);
    expect(wrong.headers['www-authenticate']).toBe('Bearer');
    expect((await ask('token-of-asha')).statusCode).toBe(200);
    await harness.store.removeAgent('asha');
    expect((await ask('token-of-asha')).statusCode).toBe(401);
  });

  it('guessed too often is not even looked at, while a known desk at the same address goes on', async () => {
    expect((await ask('token-of-asha')).statusCode).toBe(200);
    for (let n = 0; n < 10; n += 1) expect((await ask(`guess-${n}`)).statusCode).toBe(401);
    const refused = await ask('guess-again');
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({ code: 'too_many_attempts' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask('token-of-asha')).statusCode).toBe(200);
    expect((await ask('token-of-ravi')).statusCode).toBe(429);
    harness.clock.offset += 61_000;
    expect((await ask('token-of-ravi')).statusCode).toBe(200);
  });
});

describe('a webhook', () => {
  const register = (url: string) => harness.ask('root', 'POST', '/v1/webhooks', { body: { ...WEBHOOK, url } });

  it('is registered with the configured secret, which is told to nobody', async () => {
    const { status, body } = await register(WEBHOOK.url);
    expect(status).toBe(201);
    expect(stub.webhooks[0]?.secret).toBe('a-webhook-secret-of-32-characters');
    const list = webhooksAnswerSchema.parse((await harness.ask('root', 'GET', '/v1/webhooks')).body);
    expect(list.data).toHaveLength(1);
    expect(JSON.stringify([body, list])).not.toContain('secret');
    expect(harness.logged.join('')).not.toContain('a-webhook-secret');
  });

  it('can only be an address of a relay', async () => {
    for (const url of [
      'http://relay.example/hooks/vinfer',
      'https://relay.example/elsewhere',
      'https://u:p@relay.example/hooks/vinfer',
    ]) {
      expect((await register(url)).status).toBe(400);
    }
    expect(stub.seen).toEqual([]);
  });
});
