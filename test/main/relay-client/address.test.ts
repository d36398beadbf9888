import { describe, expect, it } from 'vitest';
import { checkRelayAddress, deskUrl, restUrl } from '../../../src/main/relay-client/address';
import { backoffMs } from '../../../src/main/relay-client/backoff';
import { parseFrame } from '../../../src/main/relay-client/frames';

describe('the relay’s address', () => {
  it.each([
    ['wss://relay.example.com', 'wss://relay.example.com'],
    [' https://relay.example.com:8443/ ', 'wss://relay.example.com:8443'],
    ['ws://127.0.0.1:4780', 'ws://127.0.0.1:4780'],
    ['ws://localhost:4780', 'ws://localhost:4780'],
    ['http://[::1]:4780', 'ws://[::1]:4780'],
  ])('%s is used as %s', (typed, relay) => {
    expect(checkRelayAddress(typed)).toEqual({ ok: true, relay });
  });

  it.each([
    'ws://relay.example.com',
    'http://10.0.0.5:4780',
    'ws://127.0.0.1.evil.example',
    'ws://localhost.evil.example',
    'wss://me:secret@relay.example.com',
    'wss://relay.example.com/other',
    'wss://relay.example.com/?x=1',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'relay.example.com',
    '',
  ])('%s is refused with a reason', (typed) => {
    const check = checkRelayAddress(typed);
    expect(check.ok).toBe(false);
    expect(check).toHaveProperty('reason');
  });

  it('leads to the desk socket and to the REST API', () => {
    expect(deskUrl('http://127.0.0.1:4780')).toBe('ws://127.0.0.1:4780/desk');
    expect(restUrl('wss://relay.example.com', '/v1/contacts/%2B91')).toBe(
      'https://relay.example.com/v1/contacts/%2B91',
    );
  });
});

describe('reconnect delays', () => {
  it('lie anywhere between nothing and a doubling ceiling of at most 30 s', () => {
    expect(backoffMs(0, () => 0)).toBe(0);
    expect(backoffMs(3, () => 0.999)).toBeLessThan(4_000);
    expect(backoffMs(1_000, () => 0.999)).toBeLessThan(30_000);
    expect(backoffMs(1_000, () => 0.999)).toBeGreaterThan(29_000);
  });
});

describe('frames', () => {
  it.each([
    ['[]', 'garbage'],
    ['7', 'garbage'],
    ['{"type":1}', 'garbage'],
    ['{"type":"event","offset":-1}', 'garbage'],
    ['{"type":"call","call":{}}', 'garbage'],
    ['{"type":"reply","re":1}', 'garbage'],
    ['{"type":"tomorrow"}', 'unknown'],
    ['{"type":"reply","re":1,"ok":true}', 'ok'],
    ['{"type":"event","offset":2,"prev":1,"event":{"type":"call.sung"}}', 'unknown_event'],
  ])('%s is %s', (text, kind) => {
    expect(parseFrame(text).kind).toBe(kind);
  });
});
