/** From argv to one command. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { INVITE_LIMITS } from '../shared/contract/invites';
import { adminRequestSchema, type AdminRequest } from './admin/commands';

export const USAGE = `Usage: handover-relay <command> --config FILE

  serve                     run the relay; prints one JSON line when ready
  agent add ID --name N     create or replace an agent; prints the token, once
      [--number E164]… [--queue Q]… [--role agent|supervisor|admin]
  agent invite ID --name N  an invite that the agent's desk exchanges for its token; prints code and link, once
      [--number E164]… [--queue Q]… [--role R] [--expires 24h] [--host relay.example.com]
  agent list                list the agents
  agent revoke ID           remove an agent and cut off its desk
  deliveries list           webhook requests, newest first
      [--platform P] [--verdict accepted|repeated|unknown|refused|unavailable] [--limit N]
  deliveries show ID        one of them with its body
  deliveries replay ID      decode its body again and append what is new
  dnc import LIST FILE      bring a copy of a do-not-call register, as in us.national
      --date YYYY-MM-DD [--country CC] [--yes]
  leads import FILE.csv --list NAME
                            check a file of leads and say what would be imported; with --yes import it
      [--yes] [--purpose sales|service|collection|survey] [--kind ai_voice|live_human] [--country CC]
  crm list                  outcomes on their way to the CRM, newest first
      [--state waiting|delivered|ambiguous|parked|dismissed] [--limit N]
  crm replay ID             bring one of them again
  webhooks register URL --event E…
                            have a platform send its webhooks to this relay's address, as in
      [--platform P]        https://relay.example.com/hooks/vinfer
  webhooks list             what is registered at the platforms
  webhooks remove ID        end one of them
  check                     send a test event through the running relay and grade each hop
  forget PHONE              erase a person: calls, deliveries, outcomes, leads, callbacks, import files
  help                      this text
`;

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Command =
  { name: 'help' } | { name: 'serve'; config: string } | { name: 'admin'; config: string; request: AdminRequest };

const OPTIONS = {
  config: { type: 'string' },
  name: { type: 'string' },
  number: { type: 'string', multiple: true },
  queue: { type: 'string', multiple: true },
  role: { type: 'string' },
  expires: { type: 'string' },
  host: { type: 'string' },
  platform: { type: 'string' },
  event: { type: 'string', multiple: true },
  verdict: { type: 'string' },
  limit: { type: 'string' },
  state: { type: 'string' },
  date: { type: 'string' },
  country: { type: 'string' },
  list: { type: 'string' },
  purpose: { type: 'string' },
  kind: { type: 'string' },
  yes: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : 'cannot read the arguments', { cause });
  }
}

/** Deliveries listed when nothing else is said: a screenful. */
const DEFAULT_LIMIT = 50;

const UNIT_S: Readonly<Record<string, number>> = { m: 60, h: 3_600, d: 86_400 };

/** `90m`, `24h` or `7d`. */
function secondsOf(text: string): number {
  const match = /^(\d{1,4})([mhd])$/.exec(text);
  if (match === null) throw new UsageError('--expires: a number with m, h or d behind it, such as 24h');
  return Number(match[1]) * (UNIT_S[match[2] ?? ''] ?? 0);
}

type Values = ReturnType<typeof parse>['values'];

function requestOf(words: readonly string[], values: Values): unknown {
  const [first = '', second = '', id] = words;
  switch (`${first} ${second}`) {
    case 'agent add':
      return {
        command: 'agent.add',
        id,
        name: values.name ?? id,
        numbers: values.number ?? [],
        queues: values.queue ?? [],
        role: values.role ?? 'agent',
      };
    case 'agent invite':
      return {
        command: 'agent.invite',
        id,
        name: values.name ?? id,
        numbers: values.number ?? [],
        queues: values.queue ?? [],
        role: values.role ?? 'agent',
        expires_in_s: values.expires === undefined ? INVITE_LIMITS.usualS : secondsOf(values.expires),
        ...(values.host === undefined ? {} : { host: values.host }),
      };
    case 'agent list':
      return { command: 'agent.list' };
    case 'agent revoke':
      return { command: 'agent.revoke', id };
    case 'deliveries list':
      return {
        command: 'deliveries.list',
        limit: Number(values.limit ?? DEFAULT_LIMIT),
        ...(values.platform === undefined ? {} : { platform: values.platform }),
        ...(values.verdict === undefined ? {} : { verdict: values.verdict }),
      };
    case 'deliveries show':
      return { command: 'deliveries.show', id: Number(id) };
    case 'deliveries replay':
      return { command: 'deliveries.replay', id: Number(id) };
    case 'crm list':
      return {
        command: 'crm.list',
        limit: Number(values.limit ?? DEFAULT_LIMIT),
        ...(values.state === undefined ? {} : { state: values.state }),
      };
    case 'crm replay':
      return { command: 'crm.replay', id };
    case 'webhooks register':
      return {
        command: 'webhooks.register',
        url: id,
        events: values.event ?? [],
        ...(values.platform === undefined ? {} : { platform: values.platform }),
      };
    case 'webhooks list':
      return { command: 'webhooks.list' };
    case 'webhooks remove':
      return { command: 'webhooks.remove', id };
    case 'dnc import':
      return {
        command: 'dnc.import',
        list: id,
        // The relay that reads it has another working directory.
        file: path.resolve(words[3] ?? ''),
        date: values.date,
        ...(values.yes === true ? { confirm: 'true' as const } : {}),
        ...(values.country === undefined ? {} : { country: values.country }),
      };
    case 'leads import':
      return {
        command: 'leads.import',
        file: id === undefined ? undefined : path.resolve(id),
        list: values.list,
        yes: values.yes === true,
        ...(values.purpose === undefined ? {} : { purpose: values.purpose }),
        ...(values.kind === undefined ? {} : { kind: values.kind }),
        ...(values.country === undefined ? {} : { country: values.country }),
      };
    default:
      if (first === 'check') return { command: 'check' };
      if (first === 'forget') return { command: 'forget', phone: words.slice(1).join('') };
      throw new UsageError(`unknown command: ${words.join(' ')}`);
  }
}

/** @throws UsageError saying what is wrong */
export function parseArguments(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  if (values.help === true || positionals.length === 0 || positionals[0] === 'help') return { name: 'help' };
  const config = values.config;
  if (config === undefined) throw new UsageError('--config FILE is missing');
  if (positionals.length === 1 && positionals[0] === 'serve') return { name: 'serve', config };
  const request = adminRequestSchema.safeParse(requestOf(positionals, values));
  if (!request.success) throw new UsageError(z.prettifyError(request.error));
  return { name: 'admin', config, request: request.data };
}
