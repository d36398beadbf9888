/** Tables of places: area codes, zones of countries, postcodes (`resources/policies/places`, each with its source). */
import { z } from 'zod';
import { bundledPlaces } from './bundled';

const head = { about: z.string(), source: z.string(), checked: z.iso.date() };

const northAmericaSchema = z.strictObject({
  ...head,
  areas: z.array(
    z.strictObject({ country: z.enum(['US', 'CA']), regions: z.string(), zones: z.string(), codes: z.string() }),
  ),
});
const countriesSchema = z.strictObject({ ...head, zones: z.record(z.string(), z.string()) });
const postcodesSchema = z.strictObject({ ...head, prefixes: z.record(z.string(), z.string()) });

export interface Area {
  country: 'US' | 'CA';
  regions: readonly string[];
  zones: readonly string[];
}

export interface PlaceTables {
  /** By area code, three digits after +1. */
  areas: ReadonlyMap<string, Area>;
  /** By `US FL`: every zone of that state or province. */
  regionZones: ReadonlyMap<string, readonly string[]>;
  countryZones: ReadonlyMap<string, readonly string[]>;
  /** US states by the first three digits of a ZIP code. */
  zipStates: ReadonlyMap<string, readonly string[]>;
}

const words = (text: string) => text.split(' ').filter((word) => word !== '');

function read<T extends z.ZodType>(name: string, schema: T): z.infer<T> {
  return schema.parse(JSON.parse(bundledPlaces.get(name) ?? 'null'));
}

function spread(prefixes: Record<string, string>): Map<string, string[]> {
  const states = new Map<string, string[]>();
  for (const [range, names] of Object.entries(prefixes)) {
    const [from = '', to = from] = range.split('-');
    for (let prefix = Number(from); prefix <= Number(to); prefix += 1) {
      states.set(String(prefix).padStart(3, '0'), words(names));
    }
  }
  return states;
}

/** @throws ZodError when a table of the build is broken */
export function loadPlaceTables(): PlaceTables {
  const areas = new Map<string, Area>();
  const regionZones = new Map<string, string[]>();
  for (const { country, regions, zones, codes } of read('north-america.json', northAmericaSchema).areas) {
    for (const code of words(codes)) areas.set(code, { country, regions: words(regions), zones: words(zones) });
    for (const region of words(regions)) {
      const key = `${country} ${region}`;
      regionZones.set(key, [...new Set([...(regionZones.get(key) ?? []), ...words(zones)])]);
    }
  }
  const countries = Object.entries(read('countries.json', countriesSchema).zones);
  return {
    areas,
    regionZones,
    countryZones: new Map(countries.map(([country, zones]) => [country, words(zones)])),
    zipStates: spread(read('us-postcodes.json', postcodesSchema).prefixes),
  };
}
