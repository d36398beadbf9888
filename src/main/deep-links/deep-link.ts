/**
 * `handover-desk://call/<call id>` shows a call, `handover-desk://join/<code>` shows where a team is joined. Anybody can
 * write such a link, so it names things and does nothing: no link dials, claims, connects or navigates a page.
 */
import { callIdSchema } from '../../shared/contract/events';

export const LINK_SCHEME = 'handover-desk';

/** Longer ones are no links of ours. */
const MAX_CHARS = 2_048;

export type DeepLink = { kind: 'call'; call: string } | { kind: 'join' };

export function parseDeepLink(text: string): DeepLink | undefined {
  if (text.length > MAX_CHARS) return undefined;
  const match = /^handover-desk:\/\/(call|join)\/([^/?#\s]+)\/?$/.exec(text);
  if (match?.[2] === undefined) return undefined;
  if (match[1] === 'join') return /^[\w-]{1,200}$/.test(match[2]) ? { kind: 'join' } : undefined;
  try {
    const id = callIdSchema.safeParse(decodeURIComponent(match[2]));
    return id.success ? { kind: 'call', call: id.data } : undefined;
  } catch {
    // A percent sign that encodes nothing.
    return undefined;
  }
}

/** The link among a program's arguments: systems put it anywhere, and other things around it. At most one counts. */
export function deepLinkIn(argv: readonly string[]): DeepLink | undefined {
  const links = argv.filter((argument) => argument.startsWith(`${LINK_SCHEME}:`));
  return links.length === 1 && links[0] !== undefined ? parseDeepLink(links[0]) : undefined;
}
