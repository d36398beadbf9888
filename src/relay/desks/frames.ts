/** Frames to desks as text. Bodies and snapshots come as JSON already, so that an event is serialised once for all. */
import type { DeskError, HelloReply } from '../../shared/contract/desk-protocol';
import { maySee, type Viewer } from '../routing/audience';
import type { LogEntry } from '../store/port';

export function eventFrame(entry: LogEntry, prev: number): string {
  return `{"type":"event","offset":${entry.offset},"prev":${prev},"event":${entry.body}}`;
}

export function callFrame(snapshot: string): string {
  return `{"type":"call","call":${snapshot}}`;
}

export function goneFrame(call: string): string {
  return JSON.stringify({ type: 'gone', call });
}

/** @param calls folded snapshots as JSON, only when the position was not recovered */
export function helloFrame(reply: Omit<HelloReply, 'calls'>, calls?: readonly string[]): string {
  const text = JSON.stringify(reply);
  return calls === undefined ? text : `${text.slice(0, -1)},"calls":[${calls.join(',')}]}`;
}

export function okFrame(re: number, more: { lease_s?: number } = {}): string {
  return JSON.stringify({ type: 'reply', re, ok: true, ...more });
}

export function errorFrame(re: number, error: DeskError): string {
  return JSON.stringify({ type: 'reply', re, ok: false, error });
}

/** What one log entry means to one desk. The same for a live desk and for one that catches up. */
export type Delivery = { kind: 'none' } | { kind: 'gone'; call: string } | { kind: 'event'; snapshot?: string };

export function deliveryFor(viewer: Viewer, entry: LogEntry): Delivery {
  const { moved, call } = entry;
  const sees = maySee(viewer, entry.audience);
  if (moved === undefined) return { kind: sees ? 'event' : 'none' };
  const saw = maySee(viewer, moved.from);
  if (sees) return saw ? { kind: 'event' } : { kind: 'event', snapshot: moved.snapshot };
  return saw && call !== undefined ? { kind: 'gone', call } : { kind: 'none' };
}
