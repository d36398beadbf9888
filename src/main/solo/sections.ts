/** A form's fields as the relay's configuration section of their platform, and back. Pure. */
import { z } from 'zod';
import type { SoloForm, SoloPlatform } from '../../shared/contract/solo';

const sectionSchema = z.object({
  secrets: z.array(z.string()).optional(),
  path_secret: z.string().optional(),
  header: z.object({ name: z.string(), value: z.string() }).optional(),
  api: z
    .object({
      base: z.string().optional(),
      key: z.string(),
      agent_id: z.union([z.string(), z.number()]).optional(),
      voice_agent_id: z.string().optional(),
      from_number: z.string().optional(),
      from: z.string().optional(),
    })
    .optional(),
});
export type Section = z.infer<typeof sectionSchema>;

export const sectionsSchema = z.partialRecord(z.enum(['vinfer', 'voiceinfra', 'infer', 'salpre']), sectionSchema);
export type Sections = z.infer<typeof sectionsSchema>;

type Values = Record<string, string | undefined>;

/** Without what is not there: nothing is overwritten by an absence. */
function present<T extends Record<string, unknown>>(values: T) {
  const there = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

export function formOf({ secrets, path_secret, header, api }: Section): SoloForm {
  const agent = api?.agent_id ?? api?.voice_agent_id;
  return present({
    webhook_secret: secrets?.[0],
    path_secret,
    header_name: header?.name,
    header_value: header?.value,
    api_key: api?.key,
    api_base: api?.base,
    agent: agent === undefined ? undefined : String(agent),
    from: api?.from_number ?? api?.from,
  });
}

/** The names under which each platform's section keeps the agent and the line. */
const API_NAMES: Record<SoloPlatform, { agent?: string; from?: string }> = {
  vinfer: {},
  voiceinfra: { agent: 'agent_id', from: 'from_number' },
  infer: { agent: 'voice_agent_id' },
  salpre: { agent: 'agent_id', from: 'from' },
};

function apiOf(platform: SoloPlatform, { api_key, api_base, agent, from }: Values): object | undefined {
  if (api_key === undefined) return undefined;
  const names = API_NAMES[platform];
  return present({
    base: api_base,
    key: api_key,
    ...(names.agent === undefined ? {} : { [names.agent]: agent }),
    ...(names.from === undefined ? {} : { [names.from]: from }),
  });
}

/** @param before the section so far: its secret stays valid beside a new one, for what the platform still signs with it */
export function sectionOf(platform: SoloPlatform, form: SoloForm, before: Section | undefined): Section {
  const { webhook_secret: secret, path_secret, header_name: name, header_value: value } = form;
  const old = before?.secrets?.find((known) => known !== secret);
  return sectionSchema.parse(
    present({
      secrets: secret === undefined ? undefined : [secret, ...(old === undefined ? [] : [old])],
      path_secret,
      header: name === undefined || value === undefined ? undefined : { name, value },
      api: apiOf(platform, form),
    }),
  );
}
