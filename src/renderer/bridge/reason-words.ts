import { useTranslation } from 'react-i18next';

/** Codes of refusals that main gives; anything else that comes is a sentence already. */
const CODES = [
  'not_in_tree',
  'not_a_final_choice',
  'note_needed',
  'callback_needed',
  'callback_not_allowed',
  'callback_time_wrong',
  'dnc_needed',
  'not_stored',
  'not_in_wrap_up',
  'no_time_limit',
  'no_extension_left',
  'outcome_required',
] as const;

/** Words for why something did not go through; `null`: main did not answer at all. */
export function useReasonWords(): (reason: string | null) => string {
  const { t } = useTranslation();
  return (reason) => {
    if (reason === null) return t('problem.no_answer');
    const code = CODES.find((known) => known === reason);
    return code === undefined ? reason : t(`reason.${code}`);
  };
}
