/** Policy packs as they are read: checked whole, or refused whole. A relay never checks calls with half of its rules. */
import { z } from 'zod';
import { policyPackSchema, type PolicyPack } from '../../shared/contract/dialling-policies';

/** A pack that cannot be used. The message names the file and the key. */
export class PackError extends Error {
  override name = 'PackError';
}

function readPack(name: string, text: string): PolicyPack {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new PackError(`${name} is not JSON`, { cause: error });
  }
  const parsed = policyPackSchema.safeParse(raw);
  if (!parsed.success) throw new PackError(`${name}: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  return parsed.data;
}

/** @param files texts by file name @throws PackError */
export function readPacks(files: ReadonlyMap<string, string>): PolicyPack[] {
  const packs = [...files].map(([name, text]) => readPack(name, text));
  const rules = new Set<string>();
  const ids = new Set<string>();
  for (const pack of packs) {
    if (ids.has(pack.id)) throw new PackError(`two packs are called ${pack.id}`);
    ids.add(pack.id);
    for (const { id } of pack.rules) {
      if (rules.has(id)) throw new PackError(`two rules are called ${id}`);
      rules.add(id);
    }
  }
  return packs;
}

/** Packs whose review date has come. Their rules go on: an old rule is safer than none. */
export function overduePacks(packs: readonly PolicyPack[], now: number): PolicyPack[] {
  const today = new Date(now).toISOString().slice(0, 10);
  return packs.filter(({ review_by }) => review_by <= today);
}
