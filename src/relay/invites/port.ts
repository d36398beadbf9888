/** Invites as the store keeps them: never the code, never the token, only what they hash to. */
import type { AgentRecord } from '../store/port';

export type InvitedAgent = Omit<AgentRecord, 'since'>;

export interface NewInviteRecord {
  codeHash: string;
  agent: InvitedAgent;
  /** Epoch ms. */
  expires: number;
}

export interface InviteStore {
  /** Keeps an invite; an earlier one for the same agent is void from then on. @param now epoch ms */
  put(invite: NewInviteRecord, now: number): Promise<void>;
  /**
   * Uses an invite up: the agent is created or replaced and may sign in with the token. The same code with the same token
   * again gives the same answer, for a desk that never heard the first one. Undefined when the invite is not known,
   * expired, or used for another token.
   */
  redeem(codeHash: string, tokenHash: string, now: number): Promise<InvitedAgent | undefined>;
}
