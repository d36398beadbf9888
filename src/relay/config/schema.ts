/** Shape of the relay's configuration file (docs/configuration.md). Unknown keys are errors. */
import { z } from 'zod';
import { relayDispositionSchema } from '../../shared/contract/dispositions';
import { LATE_AFTER_S } from '../../shared/contract/events';
import type { Platform } from '../../platforms/platform';
import { isAddress } from '../store/postgres/address';
import { crmConnectorSchema } from '../crm/config';
import { dialSettingsSchema } from '../dialling/config';

const listenSchema = z.strictObject({
  host: z.string().default('127.0.0.1').describe('Address to listen on'),
  port: z.int().min(0).max(65_535).default(4780).describe('Port to listen on; 0 picks a free one'),
  tls: z
    .strictObject({
      cert: z.string().describe('PEM file of the certificate chain'),
      key: z.string().describe('PEM file of the private key'),
    })
    .optional()
    .describe('Serve https and wss; the files are read again when they change'),
  max_connections: z
    .int()
    .positive()
    .default(20_000)
    .describe('Connections taken at once, desks and webhooks together'),
  trusted_proxies: z
    .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
    .default([])
    .describe('Addresses or CIDR ranges of proxies whose X-Forwarded-For is believed'),
});

const storeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sqlite'),
    path: z.string().min(1).describe('Database file; relative to the configuration file'),
  }),
  z.strictObject({
    kind: z.literal('postgres'),
    url: z
      .string()
      .refine(isAddress, 'must look like postgres://user:password@host:5432/database')
      .describe('Database, which several relays may share; several hosts with commas between them'),
  }),
]);

/** The replay defence rests on remembered ids, and no platform's retries reach further back than this. */
const MIN_DAYS = 7;

const queueSchema = z.strictObject({
  id: z.string().min(1).max(100).describe('Stable name, used with `agent add --queue`'),
  name: z.string().min(1).max(200).describe('Name shown to agents'),
  numbers: z.array(z.string()).default([]).describe('Phone numbers that belong to the queue, E.164'),
  labels: z.array(z.string()).default([]).describe('Transfer labels that mean this queue'),
});

export const relayConfigSchema = z.strictObject({
  listen: listenSchema.prefault({}),
  store: storeSchema,
  platforms: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('One section per voice platform; a platform without a section has no webhook address'),
  queues: z.array(queueSchema).default([]),
  late_after_s: z
    .number()
    .positive()
    .default(LATE_AFTER_S)
    .describe('An escalation older than this at receipt is a missed call, in seconds'),
  dialling: dialSettingsSchema.prefault({}),
  dispositions: z.array(relayDispositionSchema).max(400).default([]),
  crm: z.array(crmConnectorSchema).max(20).default([]),
  retention: z
    .strictObject({
      days: z.number().min(MIN_DAYS).default(30).describe('Events older than this are deleted, at least 7 days'),
      max_mb: z.number().positive().default(10_240).describe('Above this size the oldest events are deleted, MB'),
    })
    .prefault({}),
  deliveries: z
    .strictObject({
      days: z
        .number()
        .positive()
        .default(7)
        .describe('Webhook requests are kept this long, those not understood as long as events'),
      max_mb: z.number().positive().default(1_024).describe('Raw bodies kept at most, MB; the oldest leave first'),
      key: z
        .string()
        .min(16)
        .optional()
        .describe('Encrypts raw bodies at rest; without it a key file beside the database does'),
    })
    .prefault({}),
});
export type RelaySettings = z.infer<typeof relayConfigSchema>;

/** One configured platform: the adapter and its section, checked by the adapter's own schema. */
export interface ConfiguredPlatform {
  platform: Platform;
  config: unknown;
}

export interface RelayConfig extends Omit<RelaySettings, 'platforms'> {
  platforms: ReadonlyMap<string, ConfiguredPlatform>;
}
