/** What a call was for: a callback that is agreed on it is judged by the same rules. */
import type { DialPurpose } from '../../shared/contract/dialling-policies';
import type { ListSettings } from '../leads/port';
import { get, type Work } from '../store/sql';

/** As its attempt was checked, else as its lead's list says; null where neither is known. */
export function* purposeOfCall(call: string): Work<DialPurpose | null> {
  const dialled = yield* get<{ purpose: DialPurpose }>(
    'SELECT purpose FROM dial_attempts WHERE call = ? ORDER BY at DESC LIMIT 1',
    call,
  );
  if (dialled !== undefined) return dialled.purpose;
  const list = yield* get<{ settings: string }>(
    `SELECT lead_lists.settings FROM lead_attempts JOIN lead_lists ON lead_lists.id = lead_attempts.list
     WHERE lead_attempts.call = ?`,
    call,
  );
  return list === undefined ? null : (JSON.parse(list.settings) as ListSettings).purpose;
}
