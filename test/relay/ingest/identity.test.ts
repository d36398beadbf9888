import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { DecodedEvent } from '../../../src/platforms/platform';
import { identify } from '../../../src/relay/ingest/identity';
import { handoverEventSchema, type HandoverEvent } from '../../../src/shared/contract/events';
import { escalation, turn } from '../../support/relay/test-platform';

const rawBody = Buffer.from('the body');
const received = Date.parse('2026-03-01T09:00:00.000Z');

function events(decoded: DecodedEvent[], more: { lateAfterS?: number; body?: Buffer } = {}): HandoverEvent[] {
  const receipt = {
    platform: 'test',
    rawBody: more.body ?? rawBody,
    trust: 'secret' as const,
    received,
    lateAfterS: more.lateAfterS ?? 45,
  };
  return identify(decoded, receipt).map(({ body }) => handoverEventSchema.parse(JSON.parse(body)));
}
const at = (secondsAgo: number) => new Date(received - secondsAgo * 1000).toISOString();
const one = (list: HandoverEvent[]): HandoverEvent => list[0]!;

describe('ids', () => {
  test('are the platform’s where it has them', () => {
    expect(one(events([escalation('1', { id: 'evt_1' })])).id).toBe('evt_1');
  });

  test('are the hash of source and raw body where it has none', () => {
    const id = `sha256:${createHash('sha256').update('/platforms/test\nthe body').digest('hex')}`;
    expect(one(events([escalation('1')])).id).toBe(id);
    expect(one(events([escalation('1')], { body: Buffer.from('the bodx') })).id).not.toBe(id);
  });

  test('several events of one body are numbered', () => {
    const ids = events([
      escalation('1'),
      escalation('1'),
      escalation('1', { id: 'x' }),
      escalation('1', { id: 'x' }),
    ]).map(({ id }) => id);
    expect(ids[1]).toBe(`${ids[0]}#1`);
    expect(ids.slice(2)).toEqual(['x', 'x#1']);
  });

  test('too long for the envelope are replaced by their hash, still one per id', () => {
    const [a, b] = [
      events([escalation('1', { id: 'a'.repeat(400) })]),
      events([escalation('1', { id: 'b'.repeat(400) })]),
    ];
    expect(one(a).id).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(one(a).id).not.toBe(one(b).id);
  });
});

describe('times', () => {
  test('a missing time is the time of receipt', () => {
    const timeless: DecodedEvent = { type: 'call.stalled', subject: 'test:1', istest: false, data: {} };
    expect(one(events([timeless]))).toMatchObject({ time: at(0), receivedtime: at(0), late: false });
  });

  test.each([
    [44, false],
    [45, false],
    [46, true],
    [-10, false],
  ])('an escalation %s s old at receipt is late: %s', (age, late) => {
    expect(one(events([escalation('1', { time: at(age) })])).late).toBe(late);
  });

  test('the limit is a setting, and only escalations are late', () => {
    expect(one(events([escalation('1', { time: at(20) })], { lateAfterS: 10 })).late).toBe(true);
    expect(one(events([{ ...turn('1', 'k', 'x'), time: at(999) }])).late).toBe(false);
  });
});

describe('what does not fit', () => {
  test.each([
    ['a call event without a call', { ...turn('1', 'k', 'x'), subject: 'nonsense' }],
    ['data of the wrong shape', { ...escalation('1'), data: { transfer: 'sideways' } } as unknown as DecodedEvent],
    ['a time that is none', { ...escalation('1'), time: 'yesterday' }],
  ])('%s is kept as unknown, never dropped', (_what, decoded) => {
    expect(one(events([decoded]))).toMatchObject({
      type: 'platform.unknown',
      time: at(0),
      data: { type: decoded.type },
    });
  });

  test('trust is that of the authentication', () => {
    expect(one(events([escalation('1')])).trust).toBe('secret');
  });
});
