/**
 * `handover-desk://call/<call id>` shows a call, `handover-desk://join/<code>` asks whether to join the team whose relay
 * the code names. Anybody can write such a link, so it names things and does nothing: no link dials, claims, connects or
 * navigates a page, and none joins before the person has seen the relay's host and said yes.
 */
import { callIdSchema } from '../../shared/contract/events';
import { parseInvite } from '../../shared/contract/joining';
import type { Invite } from '../../shared/contract/joining';

export const LINK_SCHEME = 'handover-desk';

/** Longer ones are no links of ours. */
const MAX_CHARS = 2_048;

export type DeepLink = { kind: 'call'; call: string } | { kind: 'join'; invite: Invite };

export function parseDeepLink(text: string): DeepLink | undefined {
  if (text.length > MAX_CHARS) return undefined;
  const match = /^handover-desk:\/\/(call|join)\/([^/?#\s]+)\/?$/.exec(text);
  if (match?.[2] === undefined) return undefined;
  try {
    const named = decodeURIComponent(match[2]);
    if (match[1] === 'join') {
      const invite = parseInvite(named);
      return invite === undefined ? undefined : { kind: 'join', invite };
    }
    const id = callIdSchema.safeParse(named);
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
