/** What pages may do beyond showing themselves: say which loudspeakers there are and choose among them. Pure. */
import { APP_HOST, APP_SCHEME } from './app-scheme';

/** What Chromium says about the page that asks. */
export interface Asking {
  permission: string;
  /** Origin, with or without a slash at its end. */
  origin: string;
  isMainFrame: boolean;
  /** `media` only. */
  mediaType?: string | undefined;
}

const OWN_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/**
 * Whether something is allowed already, without asking. Chromium names loudspeakers, and lets a page choose one, only
 * where `media` is allowed for audio; listening is a request of its own (`mayRequest`) and is refused.
 */
export function mayUse({ permission, origin, isMainFrame, mediaType }: Asking): boolean {
  if (!isMainFrame || origin.replace(/\/$/, '') !== OWN_ORIGIN) return false;
  return permission === 'speaker-selection' || (permission === 'media' && mediaType === 'audio');
}

/** Whether a page's request is granted: never for microphone, camera, screen or anything else that looks out. */
export function mayRequest(asking: Asking): boolean {
  return asking.permission === 'speaker-selection' && mayUse(asking);
}
