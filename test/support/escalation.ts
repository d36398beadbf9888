import { readFileSync } from 'node:fs';
import path from 'node:path';
import { keepPerson } from './canaries';

const fixture = path.resolve(import.meta.dirname, '../fixtures/payloads/vinfer/call.escalated.json');

interface EscalationBody {
  event_id: string;
  timestamp: string;
  call: Record<string, unknown> & { call_id: string };
}

/**
 * The published `call.escalated` body with its time made fresh; ids and call fields may be replaced.
 * @param changes `id` names call and event; `event` the event alone, for a second one of the same call
 */
export function escalation(
  changes: { id?: string; call?: Record<string, unknown>; ageS?: number; event?: string } = {},
): {
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
  if (changes.event !== undefined) body.event_id = changes.event;
  Object.assign(body.call, changes.call);
  for (const key of ['phone', 'contact_name', 'conversation_summary']) {
    const detail = body.call[key];
    if (typeof detail === 'string') keepPerson(detail);
  }
  return { body: JSON.stringify(body), call: `vinfer:${body.call.call_id}`, event: body.event_id };
}

/** The end of a call as VInfer reports it. @param call id as in the desk, `vinfer:…` */
export function completion(call: string): string {
  const id = call.slice(call.indexOf(':') + 1);
  return JSON.stringify({
    event: 'call.completed',
    event_id: `evt_end_${id}`,
    timestamp: new Date().toISOString(),
    call: { call_id: id, duration_seconds: 94, disposition: 'dispute', escalated: true },
  });
}
