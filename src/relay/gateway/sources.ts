/** Asking a platform for a part of an answer that is worth giving without it. */
import { PlatformError, type PlatformFault } from '../../platforms/api';
import type { SourceState } from '../../shared/contract/rest';
import type { PlatformClient } from './platform-client/client';

const STATES: Record<PlatformFault, SourceState['state']> = {
  unsupported: 'unsupported',
  rejected: 'refused',
  unauthorized: 'refused',
  // It was asked and knows nothing: that is an answer.
  not_found: 'ok',
  rate_limited: 'rate_limited',
  unavailable: 'unavailable',
  unclear: 'unavailable',
  bad_answer: 'unavailable',
};

export interface Sourced<T> {
  state: SourceState;
  /** Absent when the source failed, or knows nothing. */
  value?: T;
}

/** Resolves with what the platform says or why it does not; later than `waitMs` it is `too_slow`. */
export async function askSource<T>(
  client: Pick<PlatformClient, 'name'>,
  ask: () => Promise<T>,
  waitMs?: number,
): Promise<Sourced<T>> {
  const source = client.name;
  const asked = ask().then(
    (value): Sourced<T> => ({ state: { source, state: 'ok' }, value }),
    (error: unknown): Sourced<T> => {
      if (error instanceof PlatformError) return { state: { source, state: STATES[error.fault] } };
      throw error;
    },
  );
  if (waitMs === undefined) return asked;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Sourced<T>>((resolve) => {
    timer = setTimeout(() => resolve({ state: { source, state: 'too_slow' } }), waitMs);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
