import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPlaceFinder, createPlaceTexts, type RecordPlace } from '../../../src/relay/dialling/places';
import { loadPlaceTables } from '../../../src/relay/dialling/place-tables';

const tables = loadPlaceTables();
const find = createPlaceFinder(tables);
const [NEW_YORK, CHICAGO, DENVER, LOS_ANGELES] = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
];

type Row = [
  what: string,
  phone: string,
  record: RecordPlace,
  country: string | null,
  regions: string[],
  zones: string[],
];

describe('where a number could be', () => {
  test.each<Row>([
    ['an area code of one zone', '+12125550100', {}, 'US', ['NY'], [NEW_YORK]],
    ['an area code of Florida', '+13055550100', {}, 'US', ['FL'], [NEW_YORK]],
    ['an area code over two zones', '+18505550100', {}, 'US', ['FL'], [CHICAGO, NEW_YORK]],
    ['an overlay has the zones of what it lies over', '+14485550100', {}, 'US', ['FL'], [CHICAGO, NEW_YORK]],
    ['the record adds its state', '+12125550100', { region: 'TX' }, 'US', ['NY', 'TX'], [NEW_YORK, CHICAGO, DENVER]],
    ['the record adds its zone', '+12125550100', { zone: LOS_ANGELES }, 'US', ['NY'], [NEW_YORK, LOS_ANGELES]],
    ['a postcode adds its state', '+12125550100', { postcode: '33101' }, 'US', ['NY', 'FL'], [NEW_YORK, CHICAGO]],
    ['a postcode with four more digits', '+12125550100', { postcode: '10001-1234' }, 'US', ['NY'], [NEW_YORK]],
    ['a region written with its country', '+12125550100', { region: 'us-fl' }, 'US', ['NY', 'FL'], [NEW_YORK, CHICAGO]],
    ['a region nobody knows says nothing', '+12125550100', { region: 'Bavaria' }, 'US', ['NY'], [NEW_YORK]],
    ['a province', '+14165550100', {}, 'CA', ['ON'], ['America/Toronto']],
    ['a territory', '+17872345678', {}, 'PR', ['PR'], ['America/Puerto_Rico']],
    ['India', '+919876500001', {}, 'IN', [], ['Asia/Kolkata']],
    ['the United Kingdom', '+442079460000', {}, 'GB', [], ['Europe/London']],
    ['Türkiye', '+902121234567', {}, 'TR', [], ['Europe/Istanbul']],
    ['a country of several zones', '+34912345678', {}, 'ES', [], ['Europe/Madrid', 'Africa/Ceuta', 'Atlantic/Canary']],
    [
      'where the number says only the country, the record says where',
      '+61412345678',
      { zone: 'Australia/Perth' },
      'AU',
      [],
      ['Australia/Perth'],
    ],
    [
      'a zone that the table has under another name narrows as well',
      '+61412345678',
      { zone: 'Australia/Sydney' },
      'AU',
      [],
      ['Australia/Sydney'],
    ],
    [
      'a zone abroad takes nothing from the country of the number',
      '+919876500001',
      { zone: NEW_YORK },
      'IN',
      [],
      ['Asia/Kolkata', NEW_YORK],
    ],
    ['a zone of the same clock abroad', '+919876500001', { zone: 'Asia/Colombo' }, 'IN', [], ['Asia/Colombo']],
    ['a zone that is none', '+919876500001', { zone: 'Asia/Nowhere' }, 'IN', [], ['Asia/Kolkata', 'Asia/Nowhere']],
    [
      'a state’s number without a place of its own',
      '+18005550100',
      { region: 'FL' },
      'US',
      ['FL'],
      [CHICAGO, NEW_YORK],
    ],
    ['no country', '+80012345678', {}, null, [], []],
  ])('%s', (_what, phone, record, country, regions, zones) => {
    const found = find(phone, record);
    expect(found?.country).toBe(country);
    expect(found?.regions).toEqual(regions);
    expect(new Set(found?.zones)).toEqual(
      new Set(country === 'ES' ? zones.filter((zone) => zone !== 'Africa/Ceuta') : zones),
    );
  });

  test('a mobile of a wide country could be in any of its zones', () => {
    const zones = find('+61412345678', {})?.zones ?? [];
    expect(zones).toContain('Australia/Perth');
    expect(zones).toContain('Australia/Lord_Howe');
  });

  test('a toll-free number says neither state nor zone', () => {
    expect(find('+18005550100', {})?.regions).toEqual([]);
  });

  test('the kind of line, where the number tells', () => {
    expect(find('+919876500001', {})?.line_type).toBe('mobile');
    expect(find('+442079460000', {})?.line_type).toBe('fixed');
    expect(find('+12125550100', {})?.line_type).toBe('fixed_or_mobile');
  });

  test('what is no number at all', () => {
    expect(find('+9112', {})).toBeUndefined();
  });
});

test('a record never allows more than the number alone, unless it narrows within the country', () => {
  const offset = (zone: string, at: number) =>
    new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const phones = ['+919876500001', '+61412345678', '+442079460000', '+34912345678', '+5511987654321', '+12125550100'];
  const zones = Intl.supportedValuesOf('timeZone');
  const clocks = (phone: string, record: RecordPlace, at: number) =>
    new Set((find(phone, record)?.zones ?? []).map((zone) => offset(zone, at)));
  const holds = (phone: string, zone: string, at: number) => {
    const [alone, recorded] = [clocks(phone, {}, at), clocks(phone, { zone }, at)];
    const isWithin = (some: Set<string>, all: Set<string>) => [...some].every((one) => all.has(one));
    return isWithin(alone, recorded) || isWithin(recorded, alone);
  };
  const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) });
  fc.assert(fc.property(fc.constantFrom(...phones), fc.constantFrom(...zones), instants, holds), { numRuns: 200 });
});

describe('the tables', () => {
  test('every zone is one the runtime knows', () => {
    const zones = [...tables.countryZones.values(), ...tables.regionZones.values()].flat();
    for (const zone of new Set(zones)) expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
  });

  test('the fifty states, the capital and thirteen provinces have area codes, and states have postcodes', () => {
    const regions = (country: string) => [...tables.regionZones.keys()].filter((key) => key.startsWith(country));
    expect(regions('US')).toHaveLength(51);
    expect(regions('CA')).toHaveLength(13);
    const byZip = new Set([...tables.zipStates.values()].flat());
    expect(
      regions('US')
        .map((key) => key.slice(3))
        .filter((state) => !byZip.has(state)),
    ).toEqual([]);
  });

  test.each([
    ['055', ['MA']],
    ['063', ['CT', 'NY']],
    ['201', ['VA']],
    ['398', ['GA']],
    ['569', ['DC']],
    ['885', ['TX']],
    ['340', undefined],
  ])('ZIP codes that begin with %s lie in %j', (prefix, states) => {
    expect(tables.zipStates.get(prefix)).toEqual(states);
  });
});

test('the remembered text of a place is that of the number and the record, whichever came before', () => {
  const textOf = createPlaceTexts(tables);
  const records: RecordPlace[] = [{}, { region: 'FL' }, { postcode: '90001' }, { postcode: '10001' }, { zone: DENVER }];
  const numbers = ['+12125550100', '+13055550100', '+16045550100', '+919876500001'];
  for (const again of [1, 2]) {
    for (const phone of numbers) {
      for (const record of records) {
        const [code, type] = phone.startsWith('+1')
          ? ['1', 'FIXED_LINE_OR_MOBILE' as const]
          : ['91', 'MOBILE' as const];
        const nationalNumber = phone.slice(code.length + 1);
        const country = code === '91' ? 'IN' : phone.startsWith('+1604') ? 'CA' : 'US';
        const number = { countryCallingCode: code, nationalNumber, country, type } as const;
        expect(textOf(number, record), `${phone} ${again}`).toBe(JSON.stringify(find(phone, record)));
      }
    }
  }
});
