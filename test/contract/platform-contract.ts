/**
 * What the relay relies on in every platform adapter. Run over a platform with its published bodies: a new adapter is
 * right when this suite is green for it.
 */
import { describe, expect, test } from 'vitest';
import { handoverEventSchema, type HandoverEvent } from '../../src/shared/contract/events';
import type { DecodedEvent, Platform, WebhookRequest } from '../../src/platforms/platform';
import { nastyBodies } from './platform-nasty-bodies';

export interface PlatformUnderTest {
  platform: Platform;
  config: unknown;
  fixtures: { file: string; bytes: Buffer }[];
  /** The request as the platform would send it. */
  authentic: (rawBody: Uint8Array) => WebhookRequest;
  trust: 'signed' | 'secret';
}

const RECEIVED = '2026-01-01T00:00:00.000Z';

/** The event as the relay would log it. @throws where it does not fit the contract */
export function logged(decoded: DecodedEvent, platform: string): HandoverEvent {
  return handoverEventSchema.parse({
    specversion: '1.0',
    source: `/platforms/${platform}`,
    receivedtime: RECEIVED,
    late: false,
    trust: 'signed',
    ...decoded,
    id: decoded.id ?? 'sha256:0',
    time: decoded.time ?? RECEIVED,
  });
}

/** Everything that must hold of whatever a decoder answers. */
export function expectSound(platform: Platform, rawBody: Uint8Array): DecodedEvent[] {
  const { name } = platform.traits;
  const events = platform.webhook.decode(rawBody);
  expect(events.length).toBeGreaterThan(0);
  for (const event of events) {
    const event_ = logged(event, name);
    // What is stored is JSON: it must come back as it was, with nothing undefined, infinite or circular in it.
    expect(handoverEventSchema.parse(JSON.parse(JSON.stringify(event_)))).toEqual(event_);
    if (event.type === 'platform.unknown') expect(event.subject).toBeUndefined();
    else expect(event.subject?.startsWith(`${name}:`)).toBe(true);
    if (event.type.startsWith('campaign.')) expect(event.subject?.startsWith(`${name}:campaign/`)).toBe(true);
    if (event.subject !== undefined) expect(() => encodeURIComponent(event.subject ?? '')).not.toThrow();
  }
  expect(platform.webhook.decode(rawBody)).toEqual(events);
  expect({}).not.toHaveProperty('polluted');
  return events;
}

export function describePlatform(subject: PlatformUnderTest): void {
  const { platform, config, fixtures, authentic, trust } = subject;
  const { name } = platform.traits;
  const first = fixtures[0]?.bytes ?? Buffer.from('{}');

  describe(`${name} as the relay relies on it`, () => {
    test('its own test event is authentic, understood, and marked as a test', () => {
      const { headers, body, ...rest } = platform.testEvent(config, 'check-1', Date.parse(RECEIVED));
      const rawBody = Buffer.from(body);
      expect(platform.webhook.authenticate({ headers, rawBody, ...rest }, config)).toEqual({ ok: true, trust });
      const [event] = platform.webhook.decode(rawBody);
      expect(event).toMatchObject({ subject: `${name}:check-1`, istest: true });
    });

    test('its section of the configuration refuses unknown keys', () => {
      const section = { ...(config as object), nonsense: 1 };
      const parsed = platform.configSchema.safeParse(section);
      expect(parsed.success).toBe(false);
    });

    test('without an API key it has no REST side', () => {
      expect(platform.api(config, () => Promise.reject(new Error('not called')))).toBeUndefined();
    });

    test('what the platform sends is accepted with the trust it deserves', () => {
      for (const { bytes } of fixtures)
        expect(platform.webhook.authenticate(authentic(bytes), config)).toEqual({ ok: true, trust });
    });

    test('a request that brings nothing is refused', () => {
      for (const rawBody of [first, Buffer.alloc(0)])
        expect(platform.webhook.authenticate({ headers: {}, rawBody }, config).ok).toBe(false);
    });

    test('repeated and empty credentials are refused, and the reason quotes none of them', () => {
      const right = authentic(first);
      const variants: WebhookRequest[] = [
        { ...right, headers: doubled(right.headers, (value) => [value, value]), pathSecret: twice(right.pathSecret) },
        { ...right, headers: doubled(right.headers, (value) => `${value}, ${value}`), pathSecret: '' },
        { ...right, headers: doubled(right.headers, () => ''), pathSecret: '' },
      ];
      for (const request of variants) {
        const verdict = platform.webhook.authenticate(request, config);
        expect(verdict.ok).toBe(false);
        for (const value of Object.values(right.headers)) expect(JSON.stringify(verdict)).not.toContain(value);
      }
    });

    test.each(fixtures)('the published body $file is understood', ({ bytes }) => {
      const events = expectSound(platform, bytes);
      expect(events.map(({ type }) => type)).not.toContain('platform.unknown');
      expect(events.every(({ time }) => time !== undefined)).toBe(true);
    });

    test.each(fixtures)('a BOM in front of $file changes nothing', ({ bytes }) => {
      const withBom = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
      expect(platform.webhook.decode(withBom)).toEqual(platform.webhook.decode(bytes));
    });

    describe.each(fixtures)('$file made nasty', ({ bytes }) => {
      test.each(nastyBodies(bytes))('$name', ({ body, expected }) => {
        const events = expectSound(platform, body);
        if (expected === 'unknown') expect(events.map(({ type }) => type)).toEqual(['platform.unknown']);
        if (expected === 'same') expect(events).toEqual(platform.webhook.decode(bytes));
        if (expected === 'understood') expect(events.map(({ type }) => type)).not.toContain('platform.unknown');
      });
    });
  });
}

function doubled(
  headers: WebhookRequest['headers'],
  change: (value: string) => string | string[],
): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, change(String(value))]));
}

function twice(text: string | undefined): string {
  return `${text ?? ''}${text ?? ''}`;
}
