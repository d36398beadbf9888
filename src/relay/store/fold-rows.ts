import type { CallSnapshot } from '../../shared/contract/call';
import type { HandoverEvent } from '../../shared/contract/events';
import { foldCall } from '../../shared/lib/fold-call';

/** Folds log rows of one call. Bodies were checked against the schema before they were appended. */
export function foldRows(call: string, rows: readonly { body: string }[]): CallSnapshot {
  return foldCall(
    call,
    rows.map(({ body }) => JSON.parse(body) as HandoverEvent),
  );
}
