import { expect, test } from 'vitest';
import { HEADER_SECRET, PATH_SECRET, platformOf } from './support/configs';

const parses = (name: string, section: unknown) => platformOf(name).configSchema.safeParse(section);
const withBase = (base: string) => ({ secrets: ['s'], api: { base, key: 'k' } });

test('the example of the documentation is accepted', () => {
  const examples: Record<string, unknown> = {
    vinfer: { secrets: ['…'], api: { base: 'https://api.vinfer.ai', key: 'k' } },
    voiceinfra: {
      secrets: ['…'],
      api: { base: 'https://api.voiceinfra.ai', key: 'k', agent_id: 'a', from_number: '+14155550100' },
    },
    infer: {
      path_secret: PATH_SECRET,
      api: { base: 'https://voiceagent.infers.co', key: 'k', voice_agent_id: 'v' },
    },
    salpre: {
      header: { name: 'x-handover-key', value: HEADER_SECRET },
      api: { base: 'https://ai.salpre.com', key: 'k', from: 'salprebox:1', agent_id: 5 },
    },
  };
  for (const [name, section] of Object.entries(examples)) expect(parses(name, section).error).toBeUndefined();
});

test.each([
  ['https://api.vinfer.ai', true],
  ['https://api.vinfer.ai/v1', true],
  ['http://127.0.0.1:4790', true],
  ['http://localhost:4790/vinfer', true],
  ['http://[::1]:4790', true],
  ['http://api.vinfer.ai', false],
  ['http://127.0.0.1.evil.example', false],
  ['ftp://api.vinfer.ai', false],
  ['https://user:pass@api.vinfer.ai', false],
  ['https://api.vinfer.ai/?x=1', false],
  ['api.vinfer.ai', false],
  ['', false],
])('a key is sent to %o: %o', (base, accepted) => {
  expect(parses('vinfer', withBase(base)).success).toBe(accepted);
});

test.each(['/calls/{id}', '/calls/{id}/outcome', '/v2/outcomes/{id}'])('dispositions may go to %s', (path) => {
  expect(parses('vinfer', { secrets: ['s'], api: { key: 'k', disposition: { path } } }).success).toBe(true);
});

test.each(['calls/{id}', '/calls', 'https://evil.example/{id}', '/calls/{id}?x=1'])(
  'dispositions may not go to %s',
  (path) => {
    expect(parses('vinfer', { secrets: ['s'], api: { key: 'k', disposition: { path } } }).success).toBe(false);
  },
);

test('a key that could not be a header is refused', () => {
  for (const key of ['', 'a b', 'a\nb', 'ключ'])
    expect(parses('vinfer', { secrets: ['s'], api: { key } }).success).toBe(false);
});

test('mistakes are named by their path', () => {
  const result = parses('vinfer', { secrets: ['s'], api: { key: 'k', start_call: 'dial' } });
  expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual(['api.start_call']);
});
