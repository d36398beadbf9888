/** Frames to desks: text, or text that is encoded already. Bodies and snapshots come as JSON already, so that an event is serialised once for all. */
import type { DeskError, HelloReply } from '../../shared/contract/desk-protocol';
import { maySee, type Viewer } from '../routing/audience';
import type { LogEntry } from '../store/port';

/** Entries whose encoded frame is kept: more than a storm of returning desks has missed. */
const KEPT_FRAMES = 256;
/** The frame made last of the newest entries. Desks of one queue mostly share `prev`: one encoding serves thousands. */
const latest = new Map<LogEntry, { prev: number; frame: Buffer }>();

export function eventFrame(entry: LogEntry, prev: number): Buffer {
  const made = latest.get(entry);
  if (made?.prev === prev) return made.frame;
  const frame = Buffer.from(`{"type":"event","offset":${entry.offset},"prev":${prev},"event":${entry.body}}`);
  latest.set(entry, { prev, frame });
  const [oldest] = latest.size > KEPT_FRAMES ? latest.keys() : [];
  if (oldest !== undefined) latest.delete(oldest);
  return frame;
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
