/**
 * The CRM's address as a template, read strictly: `https`, a host spelled out and allowed, fields only after it. What a
 * caller or a platform says fills fields, so every value is encoded and the outcome is checked against the template:
 * nothing that is filled in can change host, path structure or the number of parameters. Pure.
 */
import { crmFieldSchema } from '../../shared/contract/crm-link';
import type { CrmField, CrmLinkSettings } from '../../shared/contract/crm-link';
import type { Refusal } from '../../shared/contract/refusals';

export type CrmValues = Partial<Record<CrmField, string>>;
type Refused = { ok: false } & Refusal;
export type Filled = { ok: true; url: string } | Refused;

/** Characters of one value; no number, name or id is longer. */
const MAX_VALUE = 200;
/** Longer addresses are cut by programs on the way. */
const MAX_URL = 2_000;

const HOST = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[1-9]\d{0,4})?$/;
const FIELD = /\{([a-z_]*)\}/g;

const refuse = (reason: Refusal['reason'], name?: string): Refused =>
  name === undefined ? { ok: false, reason } : { ok: false, reason, name };

/** True for a host, with or without a port, that means the same to every program that reads it. */
export function isPlainHost(host: string): boolean {
  return HOST.test(host) && URL.canParse(`https://${host}`) && new URL(`https://${host}`).host === host;
}

/** Host and what follows, or why this is no address that could be opened. */
function split(template: string): { host: string; rest: string } | Refused {
  // No blanks, no letters that look like others, no backslash that some programs read as a slash.
  if (!/^[\x21-\x7e]+$/.test(template) || template.includes('\\')) return refuse('crm_unreadable');
  if (!template.startsWith('https://')) return refuse('crm_https');
  const [, host = '', rest = ''] = /^https:\/\/([^/?#]*)(.*)$/.exec(template) ?? [];
  if (host.includes('@')) return refuse('crm_credentials');
  if (host.includes('{')) return refuse('crm_host_field');
  return isPlainHost(host) ? { host, rest } : refuse('crm_unreadable');
}

/** Its fields with everything else taken away; undefined when a brace is none of a field. */
function fieldsIn(rest: string): string[] | undefined {
  const fields = [...rest.matchAll(FIELD)].map(([, name = '']) => name);
  return /[{}]/.test(rest.replaceAll(FIELD, '')) ? undefined : fields;
}

const isField = (name: string): name is CrmField => crmFieldSchema.safeParse(name).success;

/** `encodeURIComponent`, and the few that it leaves although addresses give them a meaning. */
function encoded(value: string): string {
  // Half of a character that the cut left behind, or that somebody sent, cannot be encoded.
  const text = Buffer.from(value.slice(0, MAX_VALUE)).toString();
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function fill(host: string, rest: string, values: (field: string) => string): string {
  const filled = rest.replaceAll(FIELD, (_whole, name: string) => values(name));
  return `https://${host}${filled.startsWith('/') ? filled : `/${filled}`}`;
}

/** An address that every program reads alike: nothing in it is resolved, dropped or rewritten. */
const isCanonical = (url: string) => URL.canParse(url) && new URL(url).href === url;

/** Undefined when the settings can be used as they are. */
export function crmRefusal({ template, hosts }: CrmLinkSettings): Refused | undefined {
  const bad = hosts.find((host) => !isPlainHost(host));
  if (bad !== undefined) return refuse('crm_host_malformed', bad);
  const parts = split(template);
  if ('ok' in parts) return parts;
  if (!hosts.includes(parts.host)) return refuse('crm_host', parts.host);
  const fields = fieldsIn(parts.rest);
  if (fields === undefined) return refuse('crm_unreadable');
  const unknown = fields.find((name) => !isField(name));
  if (unknown !== undefined) return refuse('crm_field', unknown);
  return isCanonical(fill(parts.host, parts.rest, () => 'x')) ? undefined : refuse('crm_unreadable');
}

/** The address for one call, or why there is none. */
export function fillCrmLink(settings: CrmLinkSettings, values: CrmValues): Filled {
  const refusal = crmRefusal(settings);
  if (refusal !== undefined) return refusal;
  const parts = split(settings.template);
  if ('ok' in parts) return parts;
  const known = (name: string) => (isField(name) ? (values[name] ?? '') : '');
  const fields = fieldsIn(parts.rest) ?? [];
  if (fields.length > 0 && fields.every((name) => known(name) === '')) return refuse('crm_nothing_known');
  const url = fill(parts.host, parts.rest, (name) => encoded(known(name)));
  // A value of dots would climb up the path.
  return url.length <= MAX_URL && isCanonical(url) ? { ok: true, url } : refuse('crm_value');
}
