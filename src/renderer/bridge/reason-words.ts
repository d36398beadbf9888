import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../shared/contract/refusals';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import { KEY_ACTIONS } from '../../shared/lib/keys';

/** Main did not answer at all (it refused the message or is gone). */
export const NO_ANSWER = { reason: null, name: undefined };

/** Words for why something did not go through. */
export function useReasonWords(): (refusal: Refusal | typeof NO_ANSWER) => string {
  const { t } = useTranslation();
  return ({ reason, name }) => {
    if (reason === null) return t('problem.no_answer');
    if (reason === 'claimed' && name !== undefined) return t('claim.other', { name });
    const action = KEY_ACTIONS.find((known) => reason === 'key_conflict' && known === name);
    return t(`reason.${reason}`, { name: action === undefined ? name : t(`keys.${action}`) });
  };
}

/** Words for what the relay did not do. */
export function useRelayReasonWords(): (reason: RelayReason) => string {
  const { t } = useTranslation();
  return (reason) => t(`reason.${reason}`);
}
