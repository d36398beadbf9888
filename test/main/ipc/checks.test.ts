import { describe, expect, it } from 'vitest';
import { checkArgs, checkMessage, checkReply, mayAsk, mayHear } from '../../../src/main/ipc/checks';
import { Outbox } from '../../../src/main/ipc/outbox';
import type { PopView } from '../../../src/shared/contract/views';

const IDLE: PopView = { current: null, event: null, waiting: [], privacy: false, stale: false };

describe('the gate', () => {
  it('lets each window ask only what is its own', () => {
    expect(mayAsk('call:claim', 'screen-pop')).toBe(true);
    expect(mayAsk('settings:set', 'screen-pop')).toBe(false);
    expect(mayAsk('pop:painted', 'workspace')).toBe(false);
    expect(mayHear('desk:view', 'screen-pop')).toBe(false);
  });

  it.each([
    undefined,
    null,
    'vinfer:x',
    { call: 42 },
    { call: 'nonsense' },
    { call: 'vinfer:x', extra: 1 },
    { call: 'vinfer:\u0000' },
    { call: `vinfer:${'x'.repeat(400)}` },
    [],
  ])('refuses the argument %j', (raw) => {
    expect(checkArgs('call:claim', raw)).toBeUndefined();
  });

  it('refuses what is too large or has no end, before looking at it closely', () => {
    expect(checkArgs('settings:set', { settings: 'x'.repeat(300_000) })).toBeUndefined();
    const endless: Record<string, unknown> = {};
    endless.self = endless;
    expect(checkArgs('settings:set', endless)).toBeUndefined();
    expect(checkArgs('pop:resize', { height: Number.NaN })).toBeUndefined();
  });

  it('passes on what fits', () => {
    expect(checkArgs('call:claim', { call: 'vinfer:x' })).toEqual({ call: 'vinfer:x' });
  });

  it('lets no half-formed reply or message out', () => {
    expect(() => checkReply('call:claim', { ok: 'yes' })).toThrow();
    expect(() => checkMessage('pop:view', { current: 7 })).toThrow();
  });
});

describe('the outbox of a window', () => {
  it('keeps only the latest view until the window is ready, then sends at once', () => {
    const outbox = new Outbox('screen-pop');
    const got: unknown[] = [];
    outbox.send('pop:view', IDLE);
    outbox.send('pop:view', { ...IDLE, stale: true });
    outbox.ready((channel, data) => got.push([channel, data]));
    expect(got).toEqual([['pop:view', { ...IDLE, stale: true }]]);
    outbox.send('pop:view', IDLE);
    expect(got).toHaveLength(2);
  });

  it('waits again while the window’s page is loading anew', () => {
    const outbox = new Outbox('screen-pop');
    const got: unknown[] = [];
    outbox.ready(() => got.push('old page'));
    outbox.reset();
    outbox.send('pop:view', IDLE);
    expect(got).toEqual([]);
    outbox.ready(() => got.push('new page'));
    expect(got).toEqual(['new page']);
  });

  it('refuses to send a window what is not for it', () => {
    expect(() => new Outbox('workspace').send('pop:view', IDLE)).toThrow();
  });
});
