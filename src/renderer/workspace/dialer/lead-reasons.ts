/** Why a lead was put aside, in words. */
import { useTranslation } from 'react-i18next';
import type { LeadVerb } from '../../../shared/contract/leads';
import { REJECT_REASONS, REMOVE_REASONS, SKIP_REASONS, TIMER_REASON } from '../../../shared/lib/lead-reasons';
import { useDispositionWords } from '../../components/disposition';
import { readableTerm } from '../../components/trigger';

/** The reason of a line in a lead's trail, in words; as it was written where it is nobody's choice from a menu. */
export function useReasonWords(): (verb: LeadVerb, reason: string) => string {
  const { t } = useTranslation();
  const disposition = useDispositionWords();
  return (verb, reason) => {
    if (reason === TIMER_REASON) return t('dialer.by_timer');
    const own = <R extends string>(reasons: readonly R[]) => reasons.find((one) => one === reason);
    const [skip, pass, remove] = [own(SKIP_REASONS), own(REJECT_REASONS), own(REMOVE_REASONS)];
    if (verb === 'skip' && skip !== undefined) return t(`skip_reason.${skip}`);
    if (verb === 'reject' && pass !== undefined) return t(`pass_reason.${pass}`);
    if (verb === 'remove' && remove !== undefined) return t(`remove_reason.${remove}`);
    return verb === 'outcome' ? disposition(reason) : readableTerm(reason);
  };
}
