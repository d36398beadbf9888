/** Joining a team: the code of an invite, and the deep link that carries it. */
import { z } from 'zod';

/**
 * `<secret>@<host[:port]>`: the relay's host stands in plain sight, so that whoever is asked to join can see where. The
 * relay is `wss://<host>`, on this very computer `ws://`. A code without a host goes with an address said separately.
 */
const INVITE = /^([A-Za-z0-9_-]{32})(?:@((?:[a-z0-9-]+\.)*[a-z0-9-]+|\[[0-9a-f:]+\])(:\d{1,5})?)?$/;
/** Longest code: secret, longest host name, port. */
export const MAX_INVITE_CHARS = 320;

export interface Invite {
  secret: string;
  /** `host[:port]`, where the code names one. */
  host?: string;
}

/** Undefined when the text is no invite. */
export function parseInvite(text: string): Invite | undefined {
  if (text.length > MAX_INVITE_CHARS) return undefined;
  const match = INVITE.exec(text);
  if (match?.[1] === undefined) return undefined;
  return { secret: match[1], ...(match[2] === undefined ? {} : { host: `${match[2]}${match[3] ?? ''}` }) };
}

export function inviteCode({ secret, host }: Invite): string {
  return host === undefined ? secret : `${secret}@${host}`;
}

/** What the joining page shows: whose relay it would be, and whose it is now. */
export const joinViewSchema = z.object({
  /** `host[:port]` of the relay that an invite names; null while none is open. */
  host: z.string().nullable(),
  /** The relay this desk is a member of, if it is. */
  member_of: z.string().nullable(),
});
export type JoinView = z.infer<typeof joinViewSchema>;
