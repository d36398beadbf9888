/**
 * What an operator may ask, the same whether it reaches a running relay over the admin channel or the command line
 * opened the database itself because no relay runs.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { agentRoleSchema } from '../../shared/contract/desk-protocol';
import { tokenHash } from '../desks/token';
import type { AgentRecord, Store } from '../store/port';

/** 256 bits: opaque, unguessable, and nothing to crack in its stored SHA-256. */
const TOKEN_BYTES = 32;

export const adminRequestSchema = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('agent.add'),
    id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,99}$/, 'letters, digits and . _ @ - only, at most 100'),
    name: z.string().min(1).max(200),
    numbers: z.array(z.string().regex(/^\+\d{6,15}$/, 'must be E.164, as in +918001234567')).max(20),
    queues: z.array(z.string().min(1).max(100)).max(100),
    role: agentRoleSchema,
  }),
  z.strictObject({ command: z.literal('agent.list') }),
  z.strictObject({ command: z.literal('agent.revoke'), id: z.string() }),
]);
export type AdminRequest = z.infer<typeof adminRequestSchema>;

export const adminAnswerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);
export type AdminAnswer = z.infer<typeof adminAnswerSchema>;

export interface AdminDeps {
  store: Store;
  /** Ids of the configured queues; `unrouted` is one of them. */
  queues: readonly string[];
  /** The agent changed: a connected desk must come back to see it. */
  agentChanged: (id: string) => void;
  agentRevoked: (id: string) => void;
}

export type NewAgent = Omit<AgentRecord, 'since'>;

/** Creates or replaces an agent and returns the new token, which is stored nowhere. */
export async function issueToken(store: Pick<Store, 'putAgent'>, agent: NewAgent): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  await store.putAgent(agent, tokenHash(token));
  return token;
}

export async function runAdmin(request: AdminRequest, deps: AdminDeps): Promise<AdminAnswer> {
  switch (request.command) {
    case 'agent.add': {
      const { id, name, numbers, queues, role } = request;
      const unknown = queues.filter((queue) => !deps.queues.includes(queue));
      if (unknown.length > 0) return { ok: false, message: `not in the configuration: queue ${unknown.join(', ')}` };
      const token = await issueToken(deps.store, { id, name, numbers, queues, role });
      deps.agentChanged(id);
      return { ok: true, value: { token } };
    }
    case 'agent.list':
      return { ok: true, value: await deps.store.agents() };
    case 'agent.revoke': {
      if (!(await deps.store.removeAgent(request.id))) return { ok: false, message: `no agent ${request.id}` };
      deps.agentRevoked(request.id);
      return { ok: true, value: null };
    }
  }
}
