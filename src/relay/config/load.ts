/** From a configuration file, or the object an embedding program hands over, to a checked configuration. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import type { Platform } from '../../platforms/platform';
import { ConfigError } from './config-error';
import { resolveReferences, type ReferenceSources } from './references';
import { relayConfigSchema, type ConfiguredPlatform, type RelayConfig, type RelaySettings } from './schema';

export type Platforms = ReadonlyMap<string, Platform>;

function problemsOf(error: z.ZodError, prefix: readonly PropertyKey[] = []): string[] {
  return error.issues.flatMap((issue) => {
    const at = [...prefix, ...issue.path];
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${pathText([...at, key])}: unknown key`);
    return [`${pathText(at)}: ${issue.message}`];
  });
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text === '' ? '(top)' : text.replace(/^\./, '');
}

function configurePlatforms(sections: Record<string, unknown>, known: Platforms): Map<string, ConfiguredPlatform> {
  const configured = new Map<string, ConfiguredPlatform>();
  const problems: string[] = [];
  for (const [name, section] of Object.entries(sections)) {
    const platform = known.get(name);
    if (platform === undefined) {
      problems.push(`platforms.${name}: unknown key`);
      continue;
    }
    const parsed = platform.configSchema.safeParse(section);
    if (parsed.success) configured.set(name, { platform, config: parsed.data });
    else problems.push(...problemsOf(parsed.error, ['platforms', name]));
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return configured;
}

function checkUnique(section: string, members: readonly { id: string }[]): void {
  const seen = new Set<string>();
  for (const [n, { id }] of members.entries()) {
    if (seen.has(id)) throw new ConfigError([`${section}[${n}].id: ${id} is used twice`]);
    seen.add(id);
  }
}

/** Relays that share a database read each other's bodies; a key file is one relay's own. */
function checkSharedKey({ store, deliveries }: RelaySettings): void {
  if (store.kind === 'postgres' && deliveries.key === undefined) {
    throw new ConfigError(['deliveries.key: must be set with a PostgreSQL store, the same for every relay']);
  }
}

/**
 * Checks a configuration.
 * @param folder what relative paths are relative to
 * @throws ConfigError naming every offending path
 */
export function parseConfig(raw: unknown, known: Platforms, folder: string, sources: ReferenceSources): RelayConfig {
  const parsed = relayConfigSchema.safeParse(resolveReferences(raw, sources));
  if (!parsed.success) throw new ConfigError(problemsOf(parsed.error));
  const settings = parsed.data;
  checkUnique('queues', settings.queues);
  checkUnique('dispositions', settings.dispositions);
  checkUnique('crm', settings.crm);
  checkSharedKey(settings);
  const { listen } = settings;
  return {
    ...settings,
    listen:
      listen.tls === undefined
        ? listen
        : {
            ...listen,
            tls: { cert: path.resolve(folder, listen.tls.cert), key: path.resolve(folder, listen.tls.key) },
          },
    store:
      settings.store.kind === 'sqlite'
        ? { ...settings.store, path: path.resolve(folder, settings.store.path) }
        : settings.store,
    platforms: configurePlatforms(settings.platforms, known),
  };
}

/** Reads and checks a configuration file. @throws ConfigError */
export function loadConfig(file: string, known: Platforms, env: ReferenceSources['env']): RelayConfig {
  const folder = path.dirname(path.resolve(file));
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? `is not JSON: ${cause.message}` : 'cannot be read';
    throw new ConfigError([`${file} ${why}`], { cause });
  }
  return parseConfig(raw, known, folder, { env, file: (name) => readFileSync(path.resolve(folder, name), 'utf8') });
}
