/** The packs as they are shipped, and questions in which nothing stands in the way but what a test puts there. */
import { bundledPacks } from '../../../src/relay/dialling/bundled';
import { readPacks } from '../../../src/relay/dialling/packs';
import { dialQuestionSchema, type DialQuestion, type DialVerdict } from '../../../src/shared/contract/dialling';
import type { PolicyPack } from '../../../src/shared/contract/dialling-policies';
import { createDialCheck } from '../../../src/shared/lib/dialling/check';
import { instantsOf } from '../../../src/shared/lib/wall-time';

export const packs: PolicyPack[] = readPacks(bundledPacks);

export const check = createDialCheck(packs);

const LISTS = ['own', 'us.national', 'uk.tps', 'uk.ctps', 'ca.national', 'au.dncr', 'tr.iys', 'in.preference'];
const DAY_MS = 24 * 3600_000;

/** `2026-11-03T07:59 America/New_York`; a wall time that comes twice is its first; an instant is taken as it is. */
export function instant(text: string): string {
  const [wall = '', zone] = text.split(' ');
  if (zone === undefined) return new Date(wall).toISOString();
  const found = instantsOf(wall, zone);
  if (found.kind === 'one') return new Date(found.at).toISOString();
  if (found.kind === 'twice') return new Date(found.first).toISOString();
  throw new Error(`${text} is ${found.kind}`);
}

export type Place = Pick<DialQuestion, 'phone' | 'country' | 'regions' | 'zones'>;
export type Ask = Partial<Omit<DialQuestion, 'at'>>;

const place = (phone: string, country: string, regions: string[], zones: string[]): Place => ({
  phone,
  country,
  regions,
  zones,
});

const [NEW_YORK, CHICAGO, LOS_ANGELES] = ['America/New_York', 'America/Chicago', 'America/Los_Angeles'];
export const places = {
  NY: place('+12125550100', 'US', ['NY'], [NEW_YORK]),
  CA: place('+13105550100', 'US', ['CA'], [LOS_ANGELES]),
  FL: place('+13055550100', 'US', ['FL'], [NEW_YORK]),
  panhandle: place('+18505550100', 'US', ['FL'], [CHICAGO, NEW_YORK]),
  OK: place('+14055550100', 'US', ['OK'], [CHICAGO]),
  MD: place('+14105550100', 'US', ['MD'], [NEW_YORK]),
  TX: place('+12145550100', 'US', ['TX'], [CHICAGO]),
  WA: place('+12065550100', 'US', ['WA'], [LOS_ANGELES]),
  WY: place('+13075550100', 'US', ['WY'], ['America/Denver']),
  KY: place('+15025550100', 'US', ['KY'], [NEW_YORK]),
  ME: place('+12075550100', 'US', ['ME'], [NEW_YORK]),
  PA: place('+12155550100', 'US', ['PA'], [NEW_YORK]),
  AL: place('+12055550100', 'US', ['AL'], [CHICAGO]),
  CT: place('+18605550100', 'US', ['CT'], [NEW_YORK]),
  AZ: place('+16025550100', 'US', ['AZ'], ['America/Phoenix']),
  ND: place('+17015550100', 'US', ['ND'], [CHICAGO, 'America/Denver']),
  nowhere: place('+18005550100', 'US', [], [NEW_YORK]),
  IN: place('+919876500001', 'IN', [], ['Asia/Kolkata']),
  GB: place('+442079460000', 'GB', [], ['Europe/London']),
  ES: place('+34912345678', 'ES', [], ['Europe/Madrid', 'Atlantic/Canary']),
  DE: place('+4930123456', 'DE', [], ['Europe/Berlin']),
  ON: place('+14165550100', 'CA', ['ON'], ['America/Toronto']),
  NL: place('+17095550100', 'CA', ['NL'], ['America/St_Johns', 'America/Halifax']),
  AU: place('+61212345678', 'AU', [], ['Australia/Sydney']),
  outback: place('+61412345678', 'AU', [], ['Australia/Sydney', 'Australia/Perth']),
  lordHowe: place('+61265632000', 'AU', [], ['Australia/Lord_Howe']),
  TR: place('+902121234567', 'TR', [], ['Europe/Istanbul']),
  NP: place('+97714123456', 'NP', [], ['Asia/Kathmandu']),
} satisfies Record<string, Place>;

/** A question with every consent held, every list fresh and clean, and no attempts. */
export function question(at: string, where: Place, ask: Ask = {}): DialQuestion {
  const then = instant(at);
  const listed = new Date(Date.parse(then) - DAY_MS).toISOString();
  return dialQuestionSchema.parse({
    kind: 'live_human',
    purpose: 'sales',
    ...where,
    consents: [
      {
        id: 'signed-form',
        level: 'written',
        kinds: ['ai_voice', 'live_human'],
        purposes: ['sales', 'service', 'collection', 'survey'],
        given_at: '2025-06-01T00:00:00.000Z',
      },
    ],
    dnc: LISTS.map((list) => ({ list, state: 'not_listed', list_date: listed })),
    ...ask,
    at: then,
  });
}

/** `rule: reason` of everything in the way, by the alphabet. */
export function inTheWay({ findings }: DialVerdict): string[] {
  return findings
    .filter(({ effect }) => effect === 'block')
    .map(({ rule, reason }) => `${rule}: ${reason}`)
    .sort();
}
