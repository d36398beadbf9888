/** docs/configuration.md against the schema: no key is missing, none is invented, defaults and examples are true. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { platforms } from '../../../src/platforms/registry';
import { parseConfig } from '../../../src/relay/config/load';
import { relayConfigSchema } from '../../../src/relay/config/schema';

const text = readFileSync(path.resolve(import.meta.dirname, '../../../docs/configuration.md'), 'utf8');
const sources = {
  env: (name: string) => (name === 'HANDOVER_DATABASE' ? 'postgres://handover:secret@db/handover' : 'x'.repeat(40)),
  file: () => 'x'.repeat(40),
};

interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  oneOf?: JsonSchema[];
  default?: unknown;
}

/** Every leaf of the schema by its path, `queues[].id` for members of lists. */
function leaves(schema: JsonSchema, at = ''): { path: string; fallback: unknown }[] {
  if (schema.oneOf !== undefined) return schema.oneOf.flatMap((option) => leaves(option, at));
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([key, child]) => leaves(child, at === '' ? key : `${at}.${key}`));
  }
  if (schema.items?.properties !== undefined || schema.items?.oneOf !== undefined)
    return leaves(schema.items, `${at}[]`);
  return [{ path: at, fallback: schema.default }];
}

const keys = leaves(z.toJSONSchema(relayConfigSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
const rows = new Map(
  [...text.matchAll(/^\| `([\w.[\]]+)` +\| (.*?) +\|/gm)].map(([, key = '', fallback = '']) => [key, fallback.trim()]),
);

describe('docs/configuration.md', () => {
  test('lists every key', () => {
    expect(keys.map((key) => key.path).filter((key) => !rows.has(key))).toEqual([]);
  });

  test('names no key that does not exist', () => {
    const known = new Set(keys.map((key) => key.path));
    const section = /## Keys([\s\S]*?)\n## /.exec(text)?.[1] ?? '';
    const named = [...section.matchAll(/^\| `([\w.[\]]+)`/gm)].map(([, key = '']) => key);
    expect(named.filter((key) => !known.has(key))).toEqual([]);
  });

  test('states the defaults that hold', () => {
    for (const { path: key, fallback } of keys) {
      if (fallback === undefined) continue;
      const shown = typeof fallback === 'string' ? fallback : JSON.stringify(fallback);
      expect([key, rows.get(key)]).toEqual([key, `\`${shown}\``]);
    }
  });

  test('its examples are taken', () => {
    const examples = [...text.matchAll(/<!-- example -->\s+```json\n([\s\S]*?)```/g)];
    expect(examples.length).toBeGreaterThan(1);
    for (const [, json = ''] of examples) {
      expect(() => parseConfig(JSON.parse(json), platforms, '/', sources)).not.toThrow();
    }
  });
});
