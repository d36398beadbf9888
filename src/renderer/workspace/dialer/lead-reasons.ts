/** Why a lead is put aside, as agents choose it from a menu, and how it is told afterwards. */
import { useTranslation } from 'react-i18next';
import type { LeadVerb } from '../../../shared/contract/leads';
import { useDispositionWords } from '../../components/disposition';
import { readableTerm } from '../../components/trigger';

/** Codes of `leads.ts`, offered in this order. */
export const SKIP = ['bad_time', 'need_information', 'language', 'conflict_of_interest', 'other'] as const;
export const PASS = ['language', 'skill', 'knows_customer', 'shift_ends', 'other'] as const;
export const REMOVE = [
  'wrong_person',
  'wrong_number',
  'already_customer',
  'not_eligible',
  'deceased',
  'other',
] as const;

/** `TIMER_REASON`. */
const BY_TIMER = 'timer';

/** The reason of a line in a lead's trail, in words; as it was written where it is nobody's choice from a menu. */
export function useReasonWords(): (verb: LeadVerb, reason: string) => string {
  const { t } = useTranslation();
  const disposition = useDispositionWords();
  return (verb, reason) => {
    if (reason === BY_TIMER) return t('dialer.by_timer');
    const own = <R extends string>(reasons: readonly R[]) => reasons.find((one) => one === reason);
    const [skip, pass, remove] = [own(SKIP), own(PASS), own(REMOVE)];
    if (verb === 'skip' && skip !== undefined) return t(`skip_reason.${skip}`);
    if (verb === 'reject' && pass !== undefined) return t(`pass_reason.${pass}`);
    if (verb === 'remove' && remove !== undefined) return t(`remove_reason.${remove}`);
    return verb === 'outcome' ? disposition(reason) : readableTerm(reason);
  };
}
