/** Why a lead is put aside: the codes that the desk offers, in this order. The relay takes any short code. */

export const SKIP_REASONS = ['bad_time', 'need_information', 'language', 'conflict_of_interest', 'other'] as const;
export const REJECT_REASONS = ['language', 'skill', 'knows_customer', 'shift_ends', 'other'] as const;
export const REMOVE_REASONS = [
  'wrong_person',
  'wrong_number',
  'already_customer',
  'not_eligible',
  'deceased',
  'other',
] as const;

/** The reason of what a preview timer did. Agents are not offered it. */
export const TIMER_REASON = 'timer';
