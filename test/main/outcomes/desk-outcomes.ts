/** Outcomes of a desk for tests: real journal thread, real HTTP, short retries. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { CallSnapshot } from '../../../src/shared/contract/call';
import type { DispositionTree } from '../../../src/shared/contract/dispositions';
import type { AgentState } from '../../../src/shared/contract/desk-protocol';
import {
  outcomeSettingsSchema,
  type Decision,
  type OutcomeSettings,
  type OutcomesView,
} from '../../../src/shared/contract/outcomes';
import { emptyCall } from '../../../src/shared/lib/fold-call';
import type { Journal } from '../../../src/main/journal/journal';
import { Outcomes } from '../../../src/main/outcomes/outcomes';
import type { RelayLink } from '../../../src/main/outcomes/send-outcome';
import { realScheduler } from '../../../src/main/timing/scheduler';
import { temporaryFolder, testJournal } from '../journal/built';

export const ME = 'asha';

export interface DeskOutcomes {
  outcomes: Outcomes;
  journal: Journal;
  file: string;
  calls: Map<string, CallSnapshot>;
  views: OutcomesView[];
  states: AgentState[];
  marks: string[];
  link: RelayLink | undefined;
  /** Who is signed in. */
  owner: string | undefined;
  /** What the relay names. */
  relayTree: DispositionTree | null;
  close(): Promise<void>;
}

export async function deskOutcomes(
  options: {
    file?: string;
    link?: RelayLink | undefined;
    owner?: string | undefined;
    settings?: Partial<OutcomeSettings>;
    key?: string | undefined;
  } = {},
): Promise<DeskOutcomes> {
  const file = options.file ?? path.join(temporaryFolder(), 'journal.db');
  const journal = await testJournal({ path: file, ...('key' in options ? { key: options.key } : {}) });
  const settings = { ...outcomeSettingsSchema.parse({}), ...options.settings };
  const desk: Omit<DeskOutcomes, 'outcomes' | 'close'> = {
    journal,
    file,
    calls: new Map(),
    views: [],
    states: [],
    marks: [],
    link: options.link,
    owner: 'owner' in options ? options.owner : `team/${ME}`,
    relayTree: null,
  };
  const outcomes = new Outcomes({
    journal,
    scheduler: realScheduler,
    random: () => 0,
    newId: randomUUID,
    fetch: globalThis.fetch,
    link: () => desk.link,
    owner: () => desk.owner,
    relayTime: (local) => local,
    relayNamed: () => [],
    settings: () => settings,
    relayTree: () => desk.relayTree,
    call: (id) => desk.calls.get(id),
    state: {
      chosen: () => desk.states.at(-1) ?? 'available',
      apply: (state) => void desk.states.push(state),
      queued: () => undefined,
    },
    publish: (view) => void desk.views.push(view),
    trace: (mark, call) => void desk.marks.push(`${mark} ${call}`),
    failed: (what, cause) => {
      throw new Error(what, { cause });
    },
  });
  await outcomes.start();
  return Object.assign(desk, {
    outcomes,
    close: async () => {
      outcomes.stop();
      await journal.close();
    },
  });
}

export function decision(overrides: Partial<Decision> = {}): Decision {
  return { path: ['interested'], ...overrides };
}

/** A call that the AI disposed of, held by this agent and over. */
export function endedCall(call: string, overrides: Partial<CallSnapshot> = {}): CallSnapshot {
  const at = new Date().toISOString();
  return {
    ...emptyCall(call),
    fields: { contact_phone: { value: '+91 98200 12345', at, event: 'e1' } },
    milestones: { ended: { at, event: 'e2' } },
    dispositions: { ai: { value: { value: 'payment_promised' }, at, event: 'e2' } },
    claim: { seq: 1, agent: { id: ME, name: 'Asha Rao' }, lease_until: at, at },
    ...overrides,
  };
}
