/** The platforms' published example bodies, as bytes. */
import { readFileSync, readdirSync } from 'node:fs';

const root = new URL('../../fixtures/payloads/', import.meta.url);

export function fixture(platform: string, file: string): Buffer {
  return readFileSync(new URL(`${platform}/${file}`, root));
}

export function fixturesOf(platform: string): { file: string; bytes: Buffer }[] {
  return readdirSync(new URL(`${platform}/`, root))
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ file, bytes: fixture(platform, file) }));
}

export function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8');
}
