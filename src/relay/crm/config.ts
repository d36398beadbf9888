/** The `crm` section of the relay's configuration: where outcomes are written, and how that place wants them. */
import { z } from 'zod';
import { baseSchema, keySchema } from '../../platforms/lib/config';
import { e164Schema } from '../../shared/contract/phone';

/** What a delivery can tell: the right side of a webhook's mapping. */
export const CRM_FIELDS = [
  'id',
  'call',
  'phone',
  'name',
  'agent',
  'value',
  'crm_value',
  'decided_at',
  'notes',
  'amount',
  'currency',
  'started_at',
  'ended_at',
  'duration_seconds',
  'direction',
  'language',
  'summary',
  'campaign',
  'callback_at',
  'callback_zone',
  'callback_wall_time',
  'dnc',
  'transcript_url',
  'recording_url',
] as const;
export type CrmField = (typeof CRM_FIELDS)[number];

const common = {
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,49}$/)
    .describe('Stable name of the connector; dispositions name it under `crm`'),
  own_numbers: z
    .array(e164Schema)
    .max(1_000)
    .default([])
    .describe('Our own lines, which are nobody’s record in the CRM'),
};
/** https, or http on this machine; keys never travel in the clear. */
const address = baseSchema('').unwrap();

const webhook = z.strictObject({
  kind: z.literal('webhook'),
  ...common,
  url: address.describe('Address that gets a POST per outcome'),
  secret: z.string().min(16).describe('Signs each request: HMAC-SHA256 over time and body'),
  headers: z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/), keySchema)
    .default({})
    .describe('Further headers, such as a key of the receiver'),
  fields: z
    .record(z.string().min(1).max(100), z.enum(CRM_FIELDS))
    .optional()
    .describe('Name in the body → what stands there; none: every field under its own name'),
});

const hubspot = z.strictObject({
  kind: z.literal('hubspot'),
  ...common,
  base: address.default('https://api.hubapi.com').describe('Address of HubSpot’s API'),
  token: keySchema.describe('Access token of a private app that may read and write contacts'),
  version: z
    .enum(['2026-03', 'v3'])
    .default('2026-03')
    .describe('Version of its CRM API: `/crm/objects/2026-03`, or the older `/crm/v3/objects`'),
  status_property: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,99}$/)
    .default('hs_lead_status')
    .describe('Property of a contact that gets the lead status'),
});

const salesforce = z.strictObject({
  kind: z.literal('salesforce'),
  ...common,
  base: address.describe('My Domain of the organisation, `https://….my.salesforce.com`'),
  client_id: keySchema.describe('Consumer key of an app with the client credentials flow'),
  client_secret: keySchema.describe('Its consumer secret'),
  api_version: z
    .string()
    .regex(/^v\d{2,3}\.0$/)
    .default('v62.0')
    .describe('Version of its REST API'),
});

export const crmConnectorSchema = z.discriminatedUnion('kind', [webhook, hubspot, salesforce]);
export type CrmConnector = z.infer<typeof crmConnectorSchema>;
export type ConnectorOf<K extends CrmConnector['kind']> = Extract<CrmConnector, { kind: K }>;
