/**
 * What a decision is called where: the id that is stored, each platform's own word, each CRM's. Decisions arrive as the id or
 * as the platform's word; one that the configuration does not know is passed on as it is.
 */
import type { RelayDisposition } from '../../../shared/contract/dispositions';

export interface DispositionMapping {
  /** The configured disposition that is meant; undefined: none that is known here. */
  find(platform: string, value: string): RelayDisposition | undefined;
  /** What the platform is told. */
  platformValue(platform: string, value: string): string;
  /** What the CRM is told; undefined: the configuration has no word for it. */
  crmValue(connector: string, platform: string, value: string): string | undefined;
}

const key = (word: string) => word.trim().toLowerCase();

export function createMapping(dispositions: readonly RelayDisposition[]): DispositionMapping {
  const byId = new Map(dispositions.map((one) => [key(one.id), one]));
  const byWord = new Map(
    dispositions.flatMap((one) => Object.entries(one.platform).map(([name, word]) => [`${name} ${key(word)}`, one])),
  );
  // The platform's own word first: it may be another disposition's id.
  const find: DispositionMapping['find'] = (platform, value) =>
    byWord.get(`${platform} ${key(value)}`) ?? byId.get(key(value));
  return {
    find,
    platformValue: (platform, value) => {
      const known = find(platform, value);
      return known === undefined ? value : (known.platform[platform] ?? known.id);
    },
    crmValue: (connector, platform, value) => find(platform, value)?.crm[connector],
  };
}
