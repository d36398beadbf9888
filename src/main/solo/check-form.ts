/** Whether a filled-in form will do: the same rules as the relay's configuration, said field by field. Pure. */
import { SOLO_FORMS } from '../../shared/lib/solo-forms';
import type { SoloFault, SoloField, SoloForm, SoloPlatform } from '../../shared/contract/solo';

/** As the relay wants them: 128 bits in an address, and a header value that cannot be guessed. */
const MIN_PATH_CHARS = 22;
const MIN_HEADER_CHARS = 16;

const PRINTABLE = /^[\x21-\x7e]+$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** `https`, or `http` on this very computer; nothing that could hide a password. */
export function isHttpsAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const plain = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
  return (url.protocol === 'https:' || plain) && url.username === '' && url.search === '' && url.hash === '';
}

function faultOf(platform: SoloPlatform, field: SoloField, value: string): SoloFault | undefined {
  switch (field) {
    case 'path_secret':
      if (!/^[\w.~-]+$/.test(value)) return 'not_a_path';
      return value.length < MIN_PATH_CHARS ? 'too_short' : undefined;
    case 'header_name':
      return /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(value) ? undefined : 'not_a_header';
    case 'header_value':
      if (!PRINTABLE.test(value)) return 'not_printable';
      return value.length < MIN_HEADER_CHARS ? 'too_short' : undefined;
    case 'api_base':
      return isHttpsAddress(value) ? undefined : 'not_an_address';
    case 'from':
      return platform !== 'voiceinfra' || /^\+[1-9]\d{5,14}$/.test(value) ? undefined : 'not_a_number';
    default:
      return PRINTABLE.test(value) ? undefined : 'not_printable';
  }
}

export type FormCheck = { ok: true; form: SoloForm } | { ok: false; field: SoloField; fault: SoloFault };

/**
 * @param typed what stands in the form; an empty secret means the one that is kept
 * @param kept the form as it was saved before
 * @param make makes a secret where nobody hands one out
 */
export function checkForm(platform: SoloPlatform, typed: SoloForm, kept: SoloForm, make: () => string): FormCheck {
  const rules = SOLO_FORMS[platform].fields;
  const form: SoloForm = {};
  for (const { field, secret, made, usual } of rules) {
    const written = typed[field]?.trim() ?? '';
    const value =
      written !== '' ? written : ((secret ? kept[field] : undefined) ?? usual ?? (made ? make() : undefined));
    if (value !== undefined) form[field] = value;
  }
  // An address alone starts no calls: the part is wanted when anything but it is there.
  const wantsApi = rules.some(
    ({ field, part, usual }) => part === 'api' && usual === undefined && form[field] !== undefined,
  );
  const taken: SoloForm = {};
  for (const { field, part } of rules) {
    const value = form[field];
    if (part === 'api' && !wantsApi) continue;
    if (value === undefined) return { ok: false, field, fault: 'missing' };
    const fault = faultOf(platform, field, value);
    if (fault !== undefined) return { ok: false, field, fault };
    taken[field] = value;
  }
  return { ok: true, form: taken };
}
