/**
 * A list to practise the preview dialer on: fictional people, some of whom may be called at any hour, some of whom the
 * rules forbid. Given to the embedded relay as a supervisor would, over its REST API; again once it is worked through.
 */
import { readFile } from 'node:fs/promises';
import type { RelayRest } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';
import { dncEntrySchema } from '../../shared/contract/dnc';
import { importJobSchema, type ImportJob } from '../../shared/contract/lead-imports';
import { listsAnswerSchema } from '../../shared/contract/leads';

const LIST = 'Practice';
/** One of them has asked never to be called again, so that it can be seen what that means. */
const NEVER = { phone: '+17025550109', scope: 'all', channel: 'call', verbatim: 'Never call me again, please.' };
/** Streams what is said, so that a started call can be followed. */
const PLATFORM = 'infer';
const LOOK_EVERY_MS = 200;
/** A dozen rows take moments; a relay that needs longer has other troubles. */
const MOST_LOOKS = 100;

export interface PracticeLeadsOptions {
  rest: RelayRest;
  scheduler: Scheduler;
  /** The CSV that the product brings. */
  file: string;
  log: (what: string, details?: Record<string, number | string>) => void;
}

/** Gives the list unless there is one with leads to call. Never rejects: practice works without it, too. */
export async function givePracticeLeads(options: PracticeLeadsOptions): Promise<void> {
  try {
    const outcome = await give(options);
    options.log('practice.leads', { outcome });
  } catch (error) {
    options.log('practice.leads', { outcome: error instanceof Error ? error.message : 'failed' });
  }
}

async function give({ rest, scheduler, file }: PracticeLeadsOptions): Promise<string> {
  const lists = await rest.ask({ method: 'GET', path: '/v1/leads/lists?limit=100', answer: listsAnswerSchema });
  if (!lists.ok) return lists.reason;
  const left = lists.value.data.some(({ counts }) => counts.ready + counts.later + counts.held > 0);
  if (left) return 'there';
  const day = new Date(scheduler.now()).toISOString().slice(0, 10);
  const never = await rest.ask({
    ...{ method: 'POST', path: '/v1/dnc', body: NEVER, key: `practice-never-${day}` },
    answer: dncEntrySchema,
  });
  if (!never.ok) return never.reason;
  const query = new URLSearchParams({
    list: `${LIST} ${day}`,
    purpose: 'service',
    kind: 'ai_voice',
    file: 'practice.csv',
  });
  const begun = await rest.ask({
    ...{ method: 'POST', path: `/v1/leads/import?${query.toString()}`, key: `practice-leads-${day}` },
    body: new Blob([await readFile(file)], { type: 'text/csv' }),
    answer: importJobSchema,
  });
  if (!begun.ok) return begun.reason;
  const checked = await untilState(rest, scheduler, begun.value, 'checked');
  const report = checked?.report ?? null;
  if (checked === undefined || report === null) return 'not_checked';
  const run = await rest.ask({
    ...{ method: 'POST', path: `/v1/leads/imports/${checked.id}/run` },
    body: { check: report.check, list: { platform: PLATFORM } },
    answer: importJobSchema,
  });
  return run.ok ? 'given' : run.reason;
}

async function untilState(
  rest: RelayRest,
  scheduler: Scheduler,
  job: ImportJob,
  wanted: ImportJob['state'],
): Promise<ImportJob | undefined> {
  let latest = job;
  for (let looks = 0; looks < MOST_LOOKS && latest.state !== wanted; looks += 1) {
    if (latest.state === 'failed' || latest.state === 'done') return undefined;
    await new Promise<void>((resolve) => void scheduler.after(LOOK_EVERY_MS, resolve));
    const answer = await rest.ask({ method: 'GET', path: `/v1/leads/imports/${job.id}`, answer: importJobSchema });
    if (answer.ok) latest = answer.value;
  }
  return latest.state === wanted ? latest : undefined;
}
