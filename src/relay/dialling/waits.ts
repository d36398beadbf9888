/** How long what is known of a call is waited for: by who looks after it, and by who wants to call the same number. */

/** A call that is polled for longer than this has ended without anybody saying so. */
export const POLL_WITHIN_MS = 2 * 3600_000;
/** A campaign of one contact that has not dialled by then is stopped. */
export const DIAL_WITHIN_MS = 10 * 60_000;
