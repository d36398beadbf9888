import { expect, test } from 'vitest';
import { createLog } from '../../../src/relay/ops/log';

function logged(error: unknown): { err: { type: string; stack?: string } } {
  const lines: string[] = [];
  createLog('info', { write: (line) => void lines.push(line) }).warn({ err: error }, 'it failed');
  return JSON.parse(lines.join('')) as { err: { type: string; stack?: string } };
}

test('an error is logged with where it happened and without a word of its message', () => {
  const message = 'cannot parse\nMeera Iyer\n  +919876543210\n    at home with Meera\n\n{"summary":"Meera"}';
  const { err } = logged(new TypeError(message));
  expect(err.type).toBe('TypeError');
  expect(JSON.stringify(err)).not.toMatch(/Meera|98765|summary/);
  expect(err.stack).toMatch(/^\s+at .*log\.test\.ts/);
});

test('a long message leaves room for the whole of the five places', () => {
  const { err } = logged(new Error(Array.from({ length: 50 }, () => 'Meera').join('\n')));
  expect(err.stack?.split('\n')).toHaveLength(5);
  expect(err.stack).not.toContain('Meera');
});

test('what is no error is logged by its kind', () => {
  expect(logged('Meera').err).toEqual({ type: 'string' });
});
