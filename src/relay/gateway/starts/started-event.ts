/** The event that makes a call, and its escalation, the agent's who started it. */
import { z } from 'zod';
import type { HandoverEvent } from '../../../shared/contract/events';
import { tell } from '../events';

/** Whom an attempt calls, kept with it for as long as the call has no event of its own. */
export const personSchema = z.object({
  phone: z.string(),
  name: z.string().optional(),
  /** The platform's id of the campaign. */
  campaign: z.string().optional(),
  lead: z.string().optional(),
});
export type Person = z.infer<typeof personSchema>;

export interface StartedBy {
  /** The attempt: the same event for every repeat of it. */
  attempt: string;
  agent: string;
  platform: string;
  person: Person;
}

/** @param id the platform's id of the call @param now epoch ms */
export function startedEvent({ attempt, agent, platform, person }: StartedBy, id: string, now: number): HandoverEvent {
  const { phone, name, campaign, lead } = person;
  return tell({
    type: 'call.started',
    id: `started:${attempt}`,
    source: '/relay',
    call: `${platform}:${id}`,
    time: now,
    now,
    data: {
      direction: 'outbound',
      to: phone,
      contact: { phone, ...(name === undefined ? {} : { name }) },
      origin: { agent, ...(lead === undefined ? {} : { lead }) },
      ...(campaign === undefined ? {} : { campaign }),
    },
  });
}
