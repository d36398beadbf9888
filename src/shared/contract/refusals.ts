/**
 * Why something that the person asked for did not happen: a code that the windows have words for in every language.
 * What a relay says in its own words stays in its log.
 */
import { z } from 'zod';
import { saveRefusalSchema } from './outcomes';
import { relayReasonSchema } from './relay-reasons';

export const refusalCodeSchema = z.enum([
  /** Nothing was sent: there is no connection. */
  'offline',
  /** Sent, and no answer came in time: it may have worked. */
  'no_reply',
  'relay_unavailable',
  'signed_in_elsewhere',
  /** One of the two is too old for the other. */
  'not_understood',
  'call_gone',
  'call_ended',
  'claiming_already',
  /** `name` has it, where the relay says who. */
  'claimed',
  'not_yours',
  'no_number',
  /** The platform hands out none, or none any more. */
  'no_recording',
  'address_unreadable',
  'address_scheme',
  'address_unencrypted',
  'address_credentials',
  'address_path',
  'token_malformed',
  'settings_incomplete',
  'settings_not_saved',
  /** No CRM is set up. */
  'crm_missing',
  'crm_https',
  'crm_credentials',
  'crm_host_field',
  /** `name`: the host that the template spells and the list does not hold. */
  'crm_host',
  'crm_host_malformed',
  /** `name`: what stands in braces. */
  'crm_field',
  'crm_unreadable',
  'crm_nothing_known',
  'crm_value',
  'crm_not_opened',
  'export_failed',
  'folder_not_opened',
  /** `name`: the two things that would share a key. */
  'key_conflict',
  'key_unusable',
  ...saveRefusalSchema.options,
  'not_in_wrap_up',
  'no_time_limit',
  'no_extension_left',
  'outcome_required',
  /** The company's policy holds it. */
  'set_by_company',
  'not_an_invite',
  /** The invite names no relay, and none was typed. */
  'address_needed',
  /** Not known, expired, or used. */
  'invite_refused',
  'too_many_tries',
  'relay_busy',
  'relay_unreachable',
  'relay_unreadable',
  'cannot_register',
  'not_registered',
  'not_set_up',
  'no_check_yet',
  /** A newer outcome of the same call stands. */
  'superseded',
  'not_refused',
  /** What a request to the relay came to; `offline` is above. */
  ...relayReasonSchema.exclude(['offline']).options,
  /** The lead is not, or no longer, in these hands. */
  'lead_gone',
  /** This desk itself knows that the number must not be called. */
  'dial_local',
  /** A call to the number was asked for already, and nobody knows whether it rings. */
  'dial_open',
  'dial_not_found',
  'dial_goes_on',
  'file_unreadable',
  'file_too_large',
  'file_empty',
]);
export type RefusalCode = z.infer<typeof refusalCodeSchema>;

export const refusalSchema = z.object({
  reason: refusalCodeSchema,
  /** Who is meant, as they are called. */
  name: z.string().max(200).optional(),
});
export type Refusal = z.infer<typeof refusalSchema>;
