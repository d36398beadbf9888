/**
 * What an operator may ask, the same whether it reaches a running relay over the admin channel or the command line
 * opened the database itself because no relay runs.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { agentRoleSchema } from '../../shared/contract/desk-protocol';
import { crmStateSchema } from '../../shared/contract/crm';
import { dncListIdSchema, importDncListSchema } from '../../shared/contract/dnc';
import { agentIdSchema, newInviteSchema } from '../../shared/contract/invites';
import { importQuerySchema } from '../../shared/contract/lead-imports';
import type { Grade } from '../check/hops';
import type { Clock } from '../clock';
import type { Seal } from '../deliveries/seal';
import type { Deliveries, Replay } from '../deliveries/service';
import { tokenHash } from '../desks/token';
import { importRegisterFile } from '../dnc/import-file';
import type { WebhookDesk } from '../gateway/webhook-desk';
import { createInvites } from '../invites/invites';
import type { ImportDesk } from '../leads/import/desk';
import { importLeadFile } from '../leads/import/import-file';
import { forgetPhone, MIN_FORGET_DIGITS } from '../retention/forget';
import type { AgentRecord, Store } from '../store/port';
import { runWebhooks, webhookRequests } from './webhooks';

/** 256 bits: opaque, unguessable, and nothing to crack in its stored SHA-256. */
const TOKEN_BYTES = 32;

const verdictSchema = z.enum(['accepted', 'repeated', 'unknown', 'refused', 'unavailable']);
const deliveryId = z.int().positive();
const hasEnoughDigits = (phone: string) => phone.replace(/\D/g, '').length >= MIN_FORGET_DIGITS;

export const adminRequestSchema = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('agent.add'),
    id: agentIdSchema,
    name: z.string().min(1).max(200),
    numbers: z.array(z.string().regex(/^\+\d{6,15}$/, 'must be E.164, as in +918001234567')).max(20),
    queues: z.array(z.string().min(1).max(100)).max(100),
    role: agentRoleSchema,
  }),
  newInviteSchema.extend({ command: z.literal('agent.invite') }),
  z.strictObject({ command: z.literal('agent.list') }),
  z.strictObject({ command: z.literal('agent.revoke'), id: z.string() }),
  z.strictObject({
    command: z.literal('deliveries.list'),
    platform: z.string().optional(),
    verdict: verdictSchema.optional(),
    limit: z.int().min(1).max(1_000),
  }),
  z.strictObject({ command: z.literal('deliveries.show'), id: deliveryId }),
  z.strictObject({ command: z.literal('deliveries.replay'), id: deliveryId }),
  z.strictObject({
    command: z.literal('dnc.import'),
    list: dncListIdSchema,
    file: z.string().min(1).max(4_096),
    ...importDncListSchema.shape,
  }),
  importQuerySchema.omit({ file: true }).extend({
    command: z.literal('leads.import'),
    file: z.string().min(1).max(4_096),
    yes: z.boolean(),
  }),
  z.strictObject({
    command: z.literal('crm.list'),
    state: crmStateSchema.optional(),
    limit: z.int().min(1).max(1_000),
  }),
  z.strictObject({ command: z.literal('crm.replay'), id: z.string().min(1).max(100) }),
  ...webhookRequests,
  z.strictObject({ command: z.literal('check') }),
  z.strictObject({ command: z.literal('forget'), phone: z.string().refine(hasEnoughDigits, 'is not a phone number') }),
]);
export type AdminRequest = z.infer<typeof adminRequestSchema>;

export const adminAnswerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);
export type AdminAnswer = z.infer<typeof adminAnswerSchema>;

export interface AdminDeps {
  store: Store;
  deliveries: Deliveries;
  seal: Seal;
  clock: Clock;
  /** Ids of the configured queues; `unrouted` is one of them. */
  queues: readonly string[];
  /** Sends a test event through the running relay; absent where none runs. */
  check?: () => Promise<Grade[]>;
  /** An outcome is to be brought to a CRM now; absent where no relay runs. */
  crmChanged?: () => void;
  imports: () => ImportDesk;
  webhooks: () => WebhookDesk | Promise<WebhookDesk>;
}

const noDelivery = (id: number): AdminAnswer => ({ ok: false, message: `no delivery ${id}` });

function whyNot(reason: Extract<Replay, { ok: false }>['reason'], id: number): string {
  switch (reason) {
    case 'not_found':
      return `no delivery ${id}`;
    case 'not_kept':
      return `the body of delivery ${id} is not kept`;
    case 'unreadable':
      return `the body of delivery ${id} was encrypted with another key`;
    case 'unconfigured':
      return `the platform of delivery ${id} is not in the configuration`;
  }
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
      return { ok: true, value: { token } };
    }
    case 'agent.invite': {
      const { store, clock, queues } = deps;
      const made = await createInvites({ store: store.invites, clock, queues }).make(request);
      return made.ok ? { ok: true, value: made.invite } : made;
    }
    case 'agent.list':
      return { ok: true, value: await deps.store.agents() };
    case 'agent.revoke': {
      if (!(await deps.store.removeAgent(request.id))) return { ok: false, message: `no agent ${request.id}` };
      return { ok: true, value: null };
    }
    case 'deliveries.list': {
      const { platform, verdict, limit } = request;
      const filter = { ...(platform === undefined ? {} : { platform }), ...(verdict === undefined ? {} : { verdict }) };
      return { ok: true, value: await deps.deliveries.list({ ...filter, limit, offset: 0 }) };
    }
    case 'deliveries.show': {
      const shown = await deps.deliveries.show(request.id);
      return shown === undefined ? noDelivery(request.id) : { ok: true, value: shown };
    }
    case 'deliveries.replay': {
      const replayed = await deps.deliveries.replay(request.id);
      return replayed.ok ? { ok: true, value: replayed } : { ok: false, message: whyNot(replayed.reason, request.id) };
    }
    case 'dnc.import':
      return importRegisterFile(request, deps);
    case 'leads.import':
      return importLeadFile(request, deps.imports());
    case 'crm.list':
      return { ok: true, value: await deps.store.crm.crmDeliveries({ ...request, offset: 0 }) };
    case 'crm.replay': {
      const replayed = await deps.store.crm.replayCrm(request.id, deps.clock.now());
      if (!replayed) return { ok: false, message: `no delivery ${request.id}, or it is on its way already` };
      deps.crmChanged?.();
      return { ok: true, value: null };
    }
    case 'webhooks.register':
    case 'webhooks.list':
    case 'webhooks.remove':
      return runWebhooks(request, await deps.webhooks());
    case 'check':
      return deps.check === undefined
        ? { ok: false, message: 'no relay runs with this configuration: start it with `serve`, then check' }
        : { ok: true, value: await deps.check() };
    case 'forget':
      return { ok: true, value: await forgetPhone(request.phone, deps) };
  }
}
