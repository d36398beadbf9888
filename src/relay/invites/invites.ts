/**
 * Invites: an administrator makes one for an agent, the agent's desk exchanges it once for its token. The code is told
 * once; what is stored is its SHA-256, and that of the token.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { InviteAnswer, JoinAnswer, NewInvite } from '../../shared/contract/invites';
import { inviteCode, parseInvite } from '../../shared/contract/joining';
import type { Clock } from '../clock';
import { tokenHash } from '../desks/token';
import type { InviteStore } from './port';

/** 192 bits in 32 characters: nothing to guess, and short enough to read out. */
const CODE_BYTES = 24;

export interface InvitesDeps {
  store: InviteStore;
  clock: Pick<Clock, 'now'>;
  /** Ids of the configured queues. */
  queues: readonly string[];
}

export type Made = { ok: true; invite: InviteAnswer } | { ok: false; message: string };

export interface Invites {
  /** `message` is fit to be shown. */
  make(wanted: NewInvite): Promise<Made>;
  /** Undefined when the code is not known, expired, or was used by another desk. */
  join(code: string, nonce: string): Promise<JoinAnswer | undefined>;
}

/**
 * The same code and nonce always give the same token, so a desk whose answer was lost asks again. The code is a key of
 * 192 bits that the relay has forgotten; the nonce is known to the desk alone.
 */
function tokenOf(code: string, nonce: string): string {
  return createHmac('sha256', code).update(`handover-desk token ${nonce}`).digest('base64url');
}

export function createInvites({ store, clock, queues }: InvitesDeps): Invites {
  return {
    async make({ expires_in_s, host, id, name, numbers, queues: wanted, role }) {
      const agent = { id, name, numbers, queues: wanted, role };
      const unknown = wanted.filter((queue) => !queues.includes(queue));
      if (unknown.length > 0) return { ok: false, message: `not in the configuration: queue ${unknown.join(', ')}` };
      const secret = randomBytes(CODE_BYTES).toString('base64url');
      const code = inviteCode({ secret, ...(host === undefined ? {} : { host: host.toLowerCase() }) });
      if (parseInvite(code) === undefined) return { ok: false, message: 'host: must be like relay.example.com:8443' };
      const now = clock.now();
      const expires = now + expires_in_s * 1_000;
      await store.put({ codeHash: tokenHash(secret), agent, expires }, now);
      const link = `handover-desk://join/${code}`;
      return { ok: true, invite: { code, link, id: agent.id, expires_at: new Date(expires).toISOString() } };
    },
    async join(code, nonce) {
      const token = tokenOf(code, nonce);
      const agent = await store.redeem(tokenHash(code), tokenHash(token), clock.now());
      if (agent === undefined) return undefined;
      return { token, agent: { id: agent.id, name: agent.name, role: agent.role } };
    },
  };
}
