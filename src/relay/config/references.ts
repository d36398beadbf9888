/**
 * Any string of the configuration may be `{"env":"NAME"}` or `{"file":"PATH"}`, so that secrets need not stand in the
 * file. Resolved before the schema looks, so the schema knows strings only.
 */
import { z } from 'zod';
import { ConfigError } from './config-error';

export interface ReferenceSources {
  env: (name: string) => string | undefined;
  /** Text of a file; relative paths are the caller's business. Throws when it cannot be read. */
  file: (path: string) => string;
}

const referenceSchema = z.union([z.strictObject({ env: z.string() }), z.strictObject({ file: z.string() })]);

export function resolveReferences(value: unknown, sources: ReferenceSources, path = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const reference = referenceSchema.safeParse(value);
  if (reference.success) return readReference(reference.data, sources, path);
  if (Array.isArray(value)) return value.map((item, n) => resolveReferences(item, sources, `${path}[${n}]`));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      resolveReferences(item, sources, path === '' ? key : `${path}.${key}`),
    ]),
  );
}

function readReference(reference: z.infer<typeof referenceSchema>, sources: ReferenceSources, path: string): string {
  if ('env' in reference) {
    const text = sources.env(reference.env);
    if (text === undefined) throw new ConfigError([`${path}: environment variable ${reference.env} is not set`]);
    return text;
  }
  try {
    // Editors and `echo` end files with a newline that is no part of the secret.
    return sources.file(reference.file).replace(/\r?\n$/, '');
  } catch (cause) {
    throw new ConfigError([`${path}: file ${reference.file} cannot be read`], { cause });
  }
}
