/** A stored call, checked again: an older version of the desk may have written it. @throws when it is none */
import { callSnapshotSchema, type CallSnapshot } from '../../shared/contract/call';

export function snapshotOf(text: string): CallSnapshot {
  return callSnapshotSchema.parse(JSON.parse(text));
}
