/** A new campaign as it is typed, and what is sent of it once it holds together. */
import type { CampaignForm } from '../../../shared/contract/campaign-views';
import { instantsOf, wallTimeOf, type WallTime } from '../../../shared/lib/wall-time';
import type { Country, Purpose } from '../lists/rule-choices';

/** Date and time of a wall clock; both empty: not said. */
export interface TypedTime {
  date: string;
  time: string;
}

export interface TypedCampaign {
  platform: string;
  name: string;
  purpose: Purpose;
  country: Country;
  script: string;
  language: string;
  start: TypedTime;
  end: TypedTime;
  zone: string;
  attempts: string;
  retry: string;
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
const UNSAID: TypedTime = { date: '', time: '' };
/** VInfer's own default between two attempts, minutes. */
const RETRY_MIN = '240';
/** BCP 47, as far as platforms need it. */
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i;
const MAX_RETRY_MIN = 10_080;

export function blankCampaign(platform: string): TypedCampaign {
  return {
    ...{ platform, name: '', purpose: 'service', country: 'none', script: '', language: '' },
    ...{ start: UNSAID, end: UNSAID, zone: ownZone(), attempts: '3', retry: RETRY_MIN },
  };
}

export type ReadTime =
  | { kind: 'unsaid' }
  | { kind: 'said'; at: number; twice: boolean }
  | { kind: Exclude<WallTime['kind'], 'one' | 'twice'> };

/** Of a wall time that comes twice, the first is meant. */
export function readTime({ date, time }: TypedTime, zone: string): ReadTime {
  if (date === '' && time === '') return { kind: wallTimeOf(0, zone) === undefined ? 'unknown_zone' : 'unsaid' };
  const read = instantsOf(`${date}T${time}`, zone);
  switch (read.kind) {
    case 'one':
      return { kind: 'said', at: read.at, twice: false };
    case 'twice':
      return { kind: 'said', at: read.first, twice: true };
    default:
      return { kind: read.kind };
  }
}

/** What keeps it from being sent, by field. */
export interface FormFaults {
  name: boolean;
  language: boolean;
  retry: boolean;
  /** The end is not after the start. */
  end: boolean;
  schedule: boolean;
}

export function faultsOf(typed: TypedCampaign): FormFaults {
  const [start, end] = [readTime(typed.start, typed.zone), readTime(typed.end, typed.zone)];
  const [language, retry] = [typed.language.trim(), Number(typed.retry)];
  const known = [start, end].every(({ kind }) => kind === 'unsaid' || kind === 'said');
  return {
    name: typed.name.trim() === '',
    language: language !== '' && !LANGUAGE.test(language),
    retry: !Number.isInteger(retry) || retry < 1 || retry > MAX_RETRY_MIN,
    end: start.kind === 'said' && end.kind === 'said' && end.at <= start.at,
    schedule: !known,
  };
}

/** Null while something keeps it from being sent. */
export function formOf(typed: TypedCampaign): CampaignForm | null {
  if (Object.values(faultsOf(typed)).some(Boolean)) return null;
  const { platform, purpose, country, zone } = typed;
  const [start, end] = [readTime(typed.start, zone), readTime(typed.end, zone)];
  const [script, language] = [typed.script.trim(), typed.language.trim()];
  return {
    ...{ platform, name: typed.name.trim(), purpose },
    ...(country === 'none' ? {} : { country }),
    ...(script === '' ? {} : { script }),
    ...(language === '' ? {} : { language }),
    schedule: {
      zone,
      ...(start.kind === 'said' ? { start: new Date(start.at).toISOString() } : {}),
      ...(end.kind === 'said' ? { end: new Date(end.at).toISOString() } : {}),
    },
    max_attempts: Number(typed.attempts),
    retry_minutes: Number(typed.retry),
  };
}
