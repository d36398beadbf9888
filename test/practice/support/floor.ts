import { onTestFinished } from 'vitest';
import { systemClock, type Clock } from '../../../src/practice/clock';
import { parseConfig } from '../../../src/practice/config';
import { openFloor } from '../../../src/practice/floor';
import { openReceiver } from './receiver';

export const SECRETS = {
  vinfer: { secret: 'vinfer-signing-secret', api_key: 'vinfer-key' },
} as const;

export const ALL_PLATFORMS = {
  ...SECRETS,
  voiceinfra: { secret: 'voiceinfra-signing-secret', api_key: 'voiceinfra-key' },
  infer: { path_secret: 'infer-path-secret-of-28-chars', api_key: 'infer-key' },
  salpre: { header: { name: 'x-handover-key', value: 'salpre-header-value' }, api_key: 'salpre-key' },
} as const;

/** A silent floor on port 0 that plays at a thousandth of real time, and closes with the test. */
export async function aFloor(overrides: Record<string, unknown> = {}, clock?: Clock, answerWithinMs?: number) {
  const config = parseConfig({ seed: 7, time_scale: 0.001, script: 'silent', platforms: SECRETS, ...overrides });
  const faults: string[] = [];
  const floor = await openFloor(config, {
    clock: clock ?? systemClock(config.time_scale),
    fetch: globalThis.fetch,
    log: { info: () => undefined, error: (message, error) => faults.push(`${message} ${String(error)}`) },
    ...(answerWithinMs === undefined ? {} : { answerWithinMs }),
  });
  onTestFinished(() => floor.stop());
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${floor.url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  };
  return {
    floor,
    faults,
    command: (path: string, body: unknown = {}) => call('POST', `/_practice${path}`, body),
    vinfer: (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      call(method, `/vinfer${path}`, body, { authorization: `Bearer ${SECRETS.vinfer.api_key}`, ...headers }),
    call,
  };
}

/** A floor with a receiving server as its relay. */
export async function aFloorAndReceiver(
  overrides: Record<string, unknown> = {},
  clock?: Clock,
  answerWithinMs?: number,
) {
  const receiver = await openReceiver();
  onTestFinished(async () => {
    await receiver.close();
  });
  return { receiver, ...(await aFloor({ relay: receiver.url, ...overrides }, clock, answerWithinMs)) };
}
