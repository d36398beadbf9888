/**
 * Where a number, and what is on record of its customer, could be. An area code says where a number was given out, not where
 * its owner is, so what the record says is added to it; only where the number says no more than a country, and the record
 * names a place within it, does the record's place stand alone.
 */
import { parsePhoneNumberFromString, type CountryCode, type PhoneNumberType } from 'libphonenumber-js/max';
import type { DialQuestion } from '../../shared/contract/dialling';
import type { LineType } from '../../shared/contract/dialling-policies';
import { createSameClock } from './clock-groups';
import type { PlaceTables } from './place-tables';
import { createPlainNumberReader } from './plain-numbers';

/** What is on record of the customer. */
export interface RecordPlace {
  /** IANA name. */
  zone?: string | undefined;
  /** State or province, as `FL` or `US-FL`. */
  region?: string | undefined;
  postcode?: string | undefined;
}

export type Places = Pick<DialQuestion, 'country' | 'regions' | 'zones' | 'line_type'>;

/** US territories: countries to the numbering plan, and their own regions to US rules. */
const US_TERRITORIES = new Set(['PR', 'VI', 'GU', 'AS', 'MP']);

function lineType(type: PhoneNumberType | undefined): LineType {
  switch (type) {
    case undefined:
      return 'unknown';
    case 'MOBILE':
      return 'mobile';
    case 'FIXED_LINE':
      return 'fixed';
    case 'FIXED_LINE_OR_MOBILE':
      return 'fixed_or_mobile';
    case 'TOLL_FREE':
      return 'toll_free';
    default:
      return 'other';
  }
}

const distinct = (list: readonly string[]) => [...new Set(list)];

/** A region that no table knows says nothing: then the rules of every region apply, or those of the area code. */
function recordRegions(tables: PlaceTables, country: string | null, { region, postcode }: RecordPlace): string[] {
  const name = region
    ?.trim()
    .toUpperCase()
    .replace(/^(?:US|CA)-/, '');
  const named = name !== undefined && tables.regionZones.has(`${country ?? ''} ${name}`) ? [name] : [];
  if (country !== 'US' || postcode === undefined) return named;
  return distinct([...named, ...(tables.zipStates.get(postcode.trim().slice(0, 3)) ?? [])]);
}

function recordZones(
  tables: PlaceTables,
  country: string | null,
  zone: string | undefined,
  regions: string[],
): string[] {
  if (zone !== undefined) return [zone];
  return regions.flatMap((region) => tables.regionZones.get(`${country ?? ''} ${region}`) ?? []);
}

/** A number that was parsed already. */
export interface ParsedNumber {
  countryCallingCode: string;
  nationalNumber: string;
  country?: CountryCode | undefined;
  type: PhoneNumberType | undefined;
}

/** Where a number could be. */
type PlaceNumber = (number: ParsedNumber, record: RecordPlace) => Places;

function createNumberPlacer(tables: PlaceTables): PlaceNumber {
  const sameClock = createSameClock();
  /** Where a number of a country could be that says no more: in the record's place, if that lies in the country. */
  const within = (country: string | null, fromRecord: readonly string[]): readonly string[] => {
    const anywhere = country === null ? [] : (tables.countryZones.get(country) ?? []);
    const narrows = fromRecord.length > 0 && fromRecord.every((zone) => sameClock(zone, anywhere));
    return narrows ? [] : anywhere;
  };
  return (number, record) => {
    const area = number.countryCallingCode === '1' ? tables.areas.get(number.nationalNumber.slice(0, 3)) : undefined;
    const country = number.country ?? area?.country ?? null;
    const own = area?.regions ?? (country !== null && US_TERRITORIES.has(country) ? [country] : []);
    const recorded = recordRegions(tables, country, record);
    const fromRecord = recordZones(tables, country, record.zone, recorded);
    return {
      country,
      regions: distinct([...own, ...recorded]),
      zones: distinct([...(area?.zones ?? within(country, fromRecord)), ...fromRecord]),
      line_type: lineType(number.type),
    };
  };
}

/** Places remembered as text: more than a file that says where its customers live has different ones. */
const MAX_KNOWN_PLACES = 10_000;

/** The places of a number as JSON: the same text for the same place, made once. */
export function createPlaceTexts(tables: PlaceTables): (number: ParsedNumber, record: RecordPlace) => string {
  const place = createNumberPlacer(tables);
  const known = new Map<string, string>();
  return (number, record) => {
    const { countryCallingCode: code, nationalNumber, country, type } = number;
    const area = code === '1' ? nationalNumber.slice(0, 3) : '';
    const { zone, region, postcode } = record;
    const key = [code, area, country, type, zone, region, postcode].join('\t');
    const text = known.get(key) ?? JSON.stringify(place(number, record));
    if (known.size < MAX_KNOWN_PLACES) known.set(key, text);
    return text;
  };
}

/** Where a number could be; undefined when it is no possible number. @param phone E.164 */
export type FindPlaces = (phone: string, record: RecordPlace) => Places | undefined;

export function createPlaceFinder(tables: PlaceTables): FindPlaces {
  const place = createNumberPlacer(tables);
  const readPlain = createPlainNumberReader();
  return (phone, record) => {
    const plain = readPlain(phone);
    if (plain !== undefined) return place(plain, record);
    const number = parsePhoneNumberFromString(phone);
    if (number?.isPossible() !== true) return undefined;
    const { countryCallingCode, nationalNumber, country } = number;
    return place({ countryCallingCode, nationalNumber, country, type: number.getType() }, record);
  };
}
