/** Words for what the rules say. Clocks are the customer's; the agent's own stands beside them. */
import { useTranslation } from 'react-i18next';
import type { NoticeLine, VerdictLine } from '../../../shared/contract/dial-views';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';

/** `America/Argentina/Buenos_Aires` → "Buenos Aires": the zone data names a city, which is what people say. */
export function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** `YYYY-MM-DDTHH:mm` on somebody's wall as people there would say it; the date only when it is not the agent's own. */
export function wallWords(wall: string, locale: string, today: string): string {
  // The wall's own numbers, formatted as if they were UTC: no zone moves them.
  const at = Date.parse(`${wall}:00Z`);
  if (!Number.isFinite(at)) return wall;
  const day = wall.slice(0, 10) === today ? {} : ({ weekday: 'short', day: 'numeric', month: 'short' } as const);
  return new Intl.DateTimeFormat(locale, { ...day, hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(at);
}

/** The host of a rule's source: enough to know whose word it is. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : url;
}

/** A rule's finding in words, with the number that decided. */
export function useFindingWords(): (line: VerdictLine) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return ({ reason, count, list, zone }) => {
    const values = {
      list: list ?? '',
      place: zone === undefined ? '' : cityOf(zone),
      n: wholeNumber(count?.counted ?? 0, locale),
      max: wholeNumber(count?.max ?? 0, locale),
      hours: wholeNumber(count?.hours ?? 0, locale),
    };
    return t(`finding.${reason}`, values);
  };
}

/** Words for a reason code without the numbers that decided; a code without words is shown as it is. */
export function useReasonCodeWords(): (reason: string) => string {
  const { t } = useTranslation();
  return (reason) => {
    const known = REASONS.find((one) => one === reason);
    return known === undefined ? reason : t(`rule_reason.${known}`);
  };
}

const REASONS = [
  'outside_hours',
  'blocked_day',
  'holiday',
  'holidays_unknown',
  'attempt_cap',
  'consent_missing',
  'consent_revoked',
  'consent_expired',
  'dnc_listed',
  'dnc_list_missing',
  'dnc_list_stale',
  'dnc_lookup_failed',
  'zone_unknown',
  'country_unknown',
  'country_without_rules',
] as const;

/** Notices of the packs that this desk has words for; a test holds them to the packs. */
const NOTICES = [
  'au.caller_id',
  'ca.own_dnc',
  'eu.disclosure',
  'eu.national',
  'uk.abandon',
  'uk.caller_id',
  'uk.fines',
  'in.caller_id',
  'in.recovery_conduct',
  'tr.register',
  'us.ai_voice',
  'us.opening',
  'us.own_dnc',
  'us.abandon',
  'us.records',
] as const;
type Underlined<S extends string> = S extends `${infer A}.${infer B}` ? `${A}_${B}` : S;
const underlined = <S extends string>(rule: S) => rule.replace('.', '_') as Underlined<S>;

/** A notice in the agent's language; one that is not known here in the pack's own words. */
export function useNoticeWords(): (notice: NoticeLine) => string {
  const { t } = useTranslation();
  return ({ rule, summary }) => {
    const known = NOTICES.find((one) => one === rule);
    return known === undefined ? summary : t(`pack_notice.${underlined(known)}`);
  };
}
