/** Answers of the command line as text. */
import { z } from 'zod';
import { crmDeliverySchema, type CrmDelivery } from '../shared/contract/crm';
import { inviteAnswerSchema } from '../shared/contract/invites';
import { webhookSchema, webhooksAnswerSchema } from '../shared/contract/rest';
import type { AdminRequest } from './admin/commands';
import { printImport } from './print-leads';

const tokenSchema = z.object({ token: z.string() });
const agentsSchema = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    role: z.string(),
    numbers: z.array(z.string()),
    queues: z.array(z.string()),
  }),
);

const deliverySchema = z.object({
  id: z.number(),
  received: z.number(),
  platform: z.string(),
  verdict: z.string(),
  status: z.number(),
  duration_ms: z.number().nullable(),
  bytes: z.number(),
  late: z.boolean(),
  reason: z.string().nullable(),
  calls: z.array(z.string()),
});
const listSchema = z.object({ deliveries: z.array(deliverySchema) });
const shownSchema = z.object({ delivery: deliverySchema, body: z.string().optional() });
const replayedSchema = z.object({ appended: z.number(), repeated: z.number(), unknown: z.boolean() });
const crmListSchema = z.object({ data: z.array(crmDeliverySchema) });
const importedSchema = z.object({ numbers: z.number(), refused: z.number(), refusedLines: z.array(z.number()) });
const erasedSchema = z.object({
  ...{ calls: z.number(), events: z.number(), deliveries: z.number() },
  ...{ leads: z.number(), callbacks: z.number(), files: z.number() },
});

const gradesSchema = z.array(
  z.object({ hop: z.string(), ok: z.boolean(), ms: z.number(), note: z.string().optional() }),
);

/** Whether everything the command looked at was well: the exit code. */
export function isWell(request: AdminRequest, value: unknown): boolean {
  return request.command !== 'check' || gradesSchema.parse(value).every(({ ok }) => ok);
}

function gradeLine({ hop, ok, ms, note }: z.infer<typeof gradesSchema>[number]): string {
  return `${ok ? 'ok  ' : 'FAIL'}  ${`${ms.toFixed(1)} ms`.padStart(10)}  ${hop}${note === undefined ? '' : `: ${note}`}\n`;
}

function deliveryLine(one: z.infer<typeof deliverySchema>): string {
  const took = one.duration_ms === null ? '-' : `${one.duration_ms.toFixed(1)} ms`;
  const notes = [one.late ? 'late' : '', one.reason ?? '', one.calls.join(',')].filter((note) => note !== '');
  const cells = [
    one.id,
    new Date(one.received).toISOString(),
    one.platform,
    one.verdict,
    one.status,
    took,
    `${one.bytes} B`,
    notes.join('; '),
  ];
  return `${cells.join('\t')}\n`;
}

function crmLine({ id, connector, call, state, attempts, reason }: CrmDelivery): string {
  return `${[id, connector, call, state, attempts, reason ?? ''].join('\t')}\n`;
}

function webhookLines({ data, sources }: z.infer<typeof webhooksAnswerSchema>): string {
  const registered = data.map(({ id, url, events }) => `${[id, url, events.join(',')].join('\t')}\n`);
  const silent = sources.filter(({ state }) => state !== 'ok').map(({ source, state }) => `${source}: ${state}\n`);
  return [...registered, ...silent].join('');
}

/** The first line of `agent add` is the token alone, so that a script can take it as it is. */
export function printAnswer(request: AdminRequest, value: unknown): string {
  switch (request.command) {
    case 'agent.add':
      return `${tokenSchema.parse(value).token}\n`;
    case 'agent.invite': {
      const { code, link, expires_at } = inviteAnswerSchema.parse(value);
      return `${code}\n${link}\nuntil ${expires_at}, for one desk\n`;
    }
    case 'agent.list':
      return agentsSchema
        .parse(value)
        .map(({ id, name, role, numbers, queues }) => [id, name, role, numbers.join(','), queues.join(',')].join('\t'))
        .map((line) => `${line}\n`)
        .join('');
    case 'agent.revoke':
      return `${request.id} revoked\n`;
    case 'deliveries.list':
      return listSchema.parse(value).deliveries.map(deliveryLine).join('');
    case 'deliveries.show': {
      const { delivery, body } = shownSchema.parse(value);
      return `${deliveryLine(delivery)}${body ?? '(no body kept)'}\n`;
    }
    case 'deliveries.replay': {
      const { appended, repeated, unknown } = replayedSchema.parse(value);
      return `${appended} new, ${repeated} known already${unknown ? '; still not understood' : ''}\n`;
    }
    case 'crm.list':
      return crmListSchema.parse(value).data.map(crmLine).join('');
    case 'crm.replay':
      return `${request.id} is brought again\n`;
    case 'dnc.import': {
      const { numbers, refused, refusedLines } = importedSchema.parse(value);
      const where = refusedLines.length === 0 ? '' : `; the first: line ${refusedLines.join(', ')}`;
      return `${request.list}: ${numbers} numbers, ${refused} lines refused${where}\n`;
    }
    case 'leads.import':
      return printImport(value);
    case 'webhooks.register':
      return `${webhookSchema.parse(value).id}\n`;
    case 'webhooks.list':
      return webhookLines(webhooksAnswerSchema.parse(value));
    case 'webhooks.remove':
      return `${request.id} removed\n`;
    case 'check':
      return gradesSchema.parse(value).map(gradeLine).join('');
    case 'forget': {
      const { calls, events, deliveries, leads, callbacks, files } = erasedSchema.parse(value);
      const log = `${calls} calls, ${events} events, ${deliveries} deliveries`;
      return `erased ${log}, ${leads} leads, ${callbacks} callbacks, ${files} import files\n`;
    }
  }
}
