import { readFileSync } from 'node:fs';
import path from 'node:path';

const fixture = path.resolve(import.meta.dirname, '../fixtures/payloads/vinfer/call.escalated.json');

interface EscalationBody {
  event_id: string;
  timestamp: string;
  call: Record<string, unknown> & { call_id: string };
}

/** The published `call.escalated` body with its time made fresh; ids and call fields may be replaced. */
export function escalation(changes: { id?: string; call?: Record<string, unknown>; ageS?: number } = {}): {
  body: string;
  call: string;
  event: string;
} {
  const body = JSON.parse(readFileSync(fixture, 'utf8')) as EscalationBody;
  body.timestamp = new Date(Date.now() - (changes.ageS ?? 0) * 1000).toISOString();
  if (changes.id !== undefined) {
    body.event_id = `evt_${changes.id}`;
    body.call.call_id = `call_${changes.id}`;
  }
  Object.assign(body.call, changes.call);
  return { body: JSON.stringify(body), call: `vinfer:${body.call.call_id}`, event: body.event_id };
}
