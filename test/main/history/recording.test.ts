import { expect, test } from 'vitest';
import { recordingOf } from '../../../src/main/history/recording';
import type { RelayRest, RestAnswer } from '../../../src/main/rest/relay-rest';
import type { CallSnapshot } from '../../../src/shared/contract/call';
import { call, escalation, event } from '../support/events';

const OLD = 'https://storage.example.com/old?sig=1';
const NEW = 'https://storage.example.com/new?sig=2';

const ended = (recording_url: string | undefined): CallSnapshot =>
  call(escalation(), event('call.ended', recording_url === undefined ? {} : { recording_url }));

function relay(answer: (paths: string[]) => RestAnswer<unknown>): { rest: Pick<RelayRest, 'ask'>; paths: string[] } {
  const paths: string[] = [];
  const ask = (request: { path: string }) => {
    paths.push(request.path);
    return Promise.resolve(answer(paths));
  };
  // The fake answers in the words of the contract; what they mean to each caller is its schema's business.
  return { rest: { ask: ask as RelayRest['ask'] }, paths };
}

const says = (record: object | undefined, snapshot: CallSnapshot) =>
  relay(() => ({ ok: true, status: 200, value: { call: snapshot, record, sources: [] } }));

test('the address is one that is valid now, asked for when it is wanted', async () => {
  const { rest, paths } = says({ recording_url: NEW }, ended(OLD));
  expect(await recordingOf(ended(OLD), rest)).toBe(NEW);
  expect(paths).toEqual(['/v1/calls/vinfer%3Acall_1?fresh=1']);
});

test('where the platform does not answer, the one that came with the call remains', async () => {
  expect(await recordingOf(ended(undefined), says(undefined, ended(OLD)).rest)).toBe(OLD);
  const silent = relay(() => ({ ok: false, reason: 'no_answer', done: 'perhaps' }));
  expect(await recordingOf(ended(OLD), silent.rest)).toBe(OLD);
});

test.each([
  undefined,
  'javascript:alert(1)',
  'file:///etc/passwd',
  'no address',
  `https://x.example/${'x'.repeat(9_000)}`,
])('what is no address is none: %j', async (text) => {
  const { rest } = says(text === undefined ? undefined : { recording_url: text }, ended(undefined));
  expect(await recordingOf(ended(text), rest)).toBeUndefined();
});
