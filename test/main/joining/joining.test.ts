import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Joining } from '../../../src/main/joining/joining';
import type { Outcome } from '../../../src/shared/contract/ipc';

const SECRET = 's'.repeat(32);

let server: Server;
let asked: { path: string; body: unknown }[];
let answer: { status: number; body: unknown };
let enrolled: string[];

beforeEach(async () => {
  asked = [];
  enrolled = [];
  answer = { status: 200, body: { token: 'a-token', agent: { id: 'asha', name: 'Asha', role: 'agent' } } };
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      asked.push({ path: request.url ?? '', body: JSON.parse(text) });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const host = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
function make(): Joining {
  let nonces = 0;
  return new Joining({
    fetch: globalThis.fetch,
    newNonce: () => `nonce-${(nonces += 1)}-${'n'.repeat(22)}`,
    enrol: (relay, token): Outcome => {
      enrolled.push(`${relay} ${token}`);
      return { ok: true };
    },
    memberOf: () => 'old.example.com',
  });
}

describe('an invite on the desk', () => {
  it('is read, shown, and only after a yes exchanged for the token', async () => {
    const joining = make();
    expect(joining.read(` handover-desk://join/${SECRET}@${host()}\n`, '')).toEqual({ ok: true });
    expect(joining.view()).toEqual({ host: host(), member_of: 'old.example.com' });
    expect(asked).toEqual([]);
    expect(await joining.accept()).toEqual({ ok: true });
    expect(asked).toEqual([{ path: '/v1/join', body: { code: SECRET, nonce: `nonce-1-${'n'.repeat(22)}` } }]);
    expect(enrolled).toEqual([`ws://${host()} a-token`]);
    expect(joining.view().host).toBeNull();
  });

  it('is forgotten at a no, and nothing was sent', async () => {
    const joining = make();
    joining.read(`${SECRET}@${host()}`, '');
    joining.decline();
    expect(await joining.accept()).toEqual({ ok: false, reason: 'not_an_invite' });
    expect(asked).toEqual([]);
  });

  it('that got no answer is tried again with the same nonce', async () => {
    const joining = make();
    joining.read(`${SECRET}@${host()}`, '');
    answer = { status: 503, body: {} };
    expect(await joining.accept()).toEqual({ ok: false, reason: 'relay_busy' });
    answer = { status: 200, body: { token: 'a-token', agent: { id: 'asha', name: 'Asha', role: 'agent' } } };
    await joining.accept();
    expect(asked[0]).toEqual(asked[1]);
  });

  it.each([
    [401, 'invite_refused'],
    [429, 'too_many_tries'],
    [500, 'relay_busy'],
  ])('refused with %i is %s in words', async (status, reason) => {
    answer = { status, body: {} };
    const joining = make();
    joining.read(`${SECRET}@${host()}`, '');
    expect(await joining.accept()).toEqual({ ok: false, reason });
    expect(enrolled).toEqual([]);
  });

  it('answered with something else enrols nobody', async () => {
    answer = { status: 200, body: { hello: 1 } };
    const joining = make();
    joining.read(`${SECRET}@${host()}`, '');
    expect(await joining.accept()).toEqual({ ok: false, reason: 'relay_unreadable' });
  });

  it('without a host needs an address; elsewhere only with encryption', () => {
    const joining = make();
    expect(joining.read(SECRET, '')).toEqual({ ok: false, reason: 'address_needed' });
    expect(joining.read(SECRET, 'ws://relay.example.com')).toMatchObject({ ok: false });
    expect(joining.read(SECRET, 'wss://relay.example.com')).toEqual({ ok: true });
    expect(joining.view().host).toBe('relay.example.com');
    expect(joining.read(`${SECRET}@relay.example.com:8443`, '')).toEqual({ ok: true });
    expect(joining.view().host).toBe('relay.example.com:8443');
  });

  it.each(['', 'nonsense', `${SECRET}@relay.example.com/path`, `${SECRET}@user@relay.example.com`, 'x'.repeat(500)])(
    'that is none is told as such: %j',
    (text) => {
      expect(make().read(text, '')).toEqual({ ok: false, reason: 'not_an_invite' });
    },
  );
});
