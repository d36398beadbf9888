/** How a list is worked, as it is typed, and what is saved of it once it holds together. */
import type { ListRow } from '../../../shared/contract/list-views';
import type { ListWork } from '../../../shared/contract/leads';

/** As the relay takes them (`leads.ts`). */
export const WORK_LIMITS = {
  attempts: { min: 1, max: 100 },
  retry: { min: 1, max: 43_200 },
  priority: { min: -9, max: 9 },
  queues: 100,
  queueChars: 100,
  textChars: 200,
} as const;

export interface TypedWork {
  /** Separated by commas. */
  queues: string;
  script: string;
  seller: string;
  priority: string;
  attempts: string;
  retry: string;
  maySkip: boolean;
}

export function typedOf(list: ListRow): TypedWork {
  const { queues, script = '', seller = '', priority, max_attempts: attempts, retry_minutes: retry, may_skip } = list;
  return {
    ...{ queues: queues.join(', '), script, seller, priority: String(priority) },
    ...{ attempts: String(attempts), retry: String(retry), maySkip: may_skip },
  };
}

/** Each once, in the order typed. */
function queuesOf(typed: string): string[] {
  const names = typed.split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** What keeps it from being saved, by field. */
export type WorkFaults = Record<'queues' | 'priority' | 'attempts' | 'retry' | 'maySkip', boolean>;

const WHOLE = /^-?\d+$/;
const within = (typed: string, { min, max }: { min: number; max: number }) =>
  WHOLE.test(typed.trim()) && Number(typed) >= min && Number(typed) <= max;

export function faultsOf(typed: TypedWork, { preview }: Pick<ListRow, 'preview'>): WorkFaults {
  const queues = queuesOf(typed.queues);
  return {
    queues: queues.length > WORK_LIMITS.queues || queues.some((name) => name.length > WORK_LIMITS.queueChars),
    priority: !within(typed.priority, WORK_LIMITS.priority),
    attempts: !within(typed.attempts, WORK_LIMITS.attempts),
    retry: !within(typed.retry, WORK_LIMITS.retry),
    // A timer may not do for agents what they may not do themselves.
    maySkip: !typed.maySkip && preview.seconds > 0 && preview.action === 'skip',
  };
}

/** Null while something keeps it from being saved. */
export function workOf(typed: TypedWork, list: Pick<ListRow, 'preview'>): ListWork | null {
  if (Object.values(faultsOf(typed, list)).some(Boolean)) return null;
  const [script, seller] = [typed.script.trim(), typed.seller.trim()];
  return {
    queues: queuesOf(typed.queues),
    script: script === '' ? null : script,
    seller: seller === '' ? null : seller,
    priority: Number(typed.priority),
    max_attempts: Number(typed.attempts),
    retry_minutes: Number(typed.retry),
    may_skip: typed.maySkip,
  };
}
