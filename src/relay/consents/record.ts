/** From a consent as it is handed in to the record that is kept. */
import type { NewConsent } from '../../shared/contract/consents';
import { digestOf } from '../gateway/events';
import type { StoredConsent } from './port';

const utc = (time: string) => new Date(time).toISOString();

/** @param seller who calls, for consents that name nobody */
export function storedConsent(consent: NewConsent, seller: string, by: string, now: number): StoredConsent {
  const { phone, written, source, given_at, expires_at } = consent;
  const kinds = [...new Set(consent.kinds)].sort();
  const purposes = [...new Set(consent.purposes)].sort();
  const named = consent.seller ?? seller;
  const expires = expires_at === undefined ? undefined : utc(expires_at);
  const said = [phone, named, kinds.join(), purposes.join(), String(written), utc(given_at), expires ?? '', source];
  return {
    id: digestOf('consent', ...said),
    ...{ phone, seller: named, kinds, purposes, written, source },
    given_at: utc(given_at),
    ...(expires === undefined ? {} : { expires_at: expires }),
    recorded_at: new Date(now).toISOString(),
    recorded_by: by,
  };
}
