/** Configuration of the practice floor. Secrets come in here, from a file or a message port, and nowhere else. */
import { randomInt } from 'node:crypto';
import { z } from 'zod';

export const platformSchema = z.enum(['vinfer', 'voiceinfra', 'infer', 'salpre']);
export type PlatformName = z.infer<typeof platformSchema>;

const secret = z.string().min(1).max(500);
const probability = z.number().min(0).max(1);

/** Where the relay listens: what webhooks are posted to is this and `/hooks/<platform>`. */
export const relayUrlSchema = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

/** What goes wrong by itself, as the chance per webhook (or per scripted moment, for throttles and outages). */
export const mischiefSchema = z.strictObject({
  /** The same bytes once more, a moment later. */
  duplicates: probability.optional(),
  /** Held back so that a later event overtakes it. */
  disorder: probability.optional(),
  /** A forged copy with a wrong signature, header or path besides the true one. */
  wrong_signatures: probability.optional(),
  /** The dashboard's test button. */
  test_events: probability.optional(),
  /** A stretch of 429 on the REST side. */
  throttles: probability.optional(),
  /** A stretch in which the platform answers 503 and holds its webhooks back. */
  outages: probability.optional(),
});
export type Mischief = Record<keyof z.infer<typeof mischiefSchema>, number>;

/** Now and then, as on a real floor. */
export const LIVELY: Mischief = {
  duplicates: 0.08,
  disorder: 0.04,
  wrong_signatures: 0.02,
  test_events: 0.03,
  throttles: 0.02,
  outages: 0.01,
};
/** Nothing happens but what is asked for. */
export const CALM: Mischief = {
  duplicates: 0,
  disorder: 0,
  wrong_signatures: 0,
  test_events: 0,
  throttles: 0,
  outages: 0,
};

const configSchema = z.strictObject({
  listen: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: z.int().min(0).max(65535).default(0) })
    .default({ host: '127.0.0.1', port: 0 }),
  /** Absent: nothing is sent until the address comes by message or by `POST /_practice/relay`. */
  relay: relayUrlSchema.optional(),
  platforms: z
    .strictObject({
      vinfer: z
        .strictObject({
          secret,
          api_key: secret,
          /** "1,000 requests per minute across all endpoints" of a workspace; fewer make a client feel it. */
          requests_per_minute: z.int().positive().default(1_000),
          /** Routes that the platform's short list does not name and an account may lack: answered with 404 when off. */
          offers: z
            .strictObject({ start_call: z.boolean().default(true), set_disposition: z.boolean().default(true) })
            .default({ start_call: true, set_disposition: true }),
        })
        .optional(),
      /** Without `secret` the record goes out unsigned, as the platform allows. An absent `api_key` lets any key in. */
      voiceinfra: z.strictObject({ secret: secret.optional(), api_key: secret.optional() }).optional(),
      infer: z.strictObject({ path_secret: secret, api_key: secret.optional() }).optional(),
      salpre: z
        .strictObject({
          header: z.strictObject({ name: z.string().regex(/^[\w-]{1,100}$/), value: secret }),
          api_key: secret.optional(),
        })
        .optional(),
    })
    .refine((platforms) => Object.values(platforms).some((section) => section !== undefined), {
      message: 'at least one platform is needed',
    }),
  /** The same seed plays the same run, ids included: leave it out where a relay remembers earlier runs. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(() => randomInt(2 ** 32)),
  /** 1 is real time; 0.01 makes every wait, retries included, a hundredth. */
  time_scale: z.number().positive().max(100).default(1),
  /** `floor`: a steady stream of callers. `silent`: only what is commanded. */
  script: z.enum(['floor', 'silent']).default('floor'),
  /** Where the AI transfers to; must match the relay's queues or agents to pop anywhere but in `unrouted`. */
  transfer_to: z
    .strictObject({
      numbers: z.array(z.string().min(1)).min(1).default(['+918001234567']),
      labels: z.array(z.string().min(1)).min(1).default(['Customer Support']),
    })
    .default({ numbers: ['+918001234567'], labels: ['Customer Support'] }),
  /** Prefer callers who speak this: `hi`, `tr`, `en`, or a full tag such as `en-IN`. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/)
    .optional(),
  /** Overrides of what goes wrong by itself. */
  mischief: mischiefSchema.optional(),
  /** When set, `/_practice/*` wants it as a bearer token. */
  control_token: z.string().min(8).max(500).optional(),
});
export type PracticeConfig = z.infer<typeof configSchema>;

/** A configuration that does not fit; the message names the paths and never the values. */
class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Checks a configuration as read from JSON. Unknown keys are errors that name their path. */
export function parseConfig(raw: unknown): PracticeConfig {
  const result = configSchema.safeParse(raw);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`);
  throw new ConfigError(`The practice configuration does not fit: ${problems.join('; ')}`);
}
