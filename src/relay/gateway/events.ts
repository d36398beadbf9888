/** Events that the gateway itself puts into the log. */
import { createHash } from 'node:crypto';
import { handoverEventSchema, type EventData, type EventType, type HandoverEvent } from '../../shared/contract/events';
import { factsOf } from '../routing/facts';
import type { NewEvent } from '../store/port';

export interface Told<T extends EventType> {
  type: T;
  /** Unique within the source; the same id again is the same event. */
  id: string;
  /** `/relay`, or `/platforms/<name>` for what a platform told when asked. */
  source: string;
  call: string;
  /** Epoch ms: when it happened, and when the relay learned of it. */
  time: number;
  now: number;
  data: EventData<T>;
}

/** A whole event. @throws ZodError when it does not fit the contract, which is a defect of ours */
export function tell<T extends EventType>({ type, id, source, call, time, now, data }: Told<T>): HandoverEvent {
  return handoverEventSchema.parse({
    specversion: '1.0',
    id,
    source,
    type,
    subject: call,
    time: new Date(time).toISOString(),
    receivedtime: new Date(now).toISOString(),
    istest: false,
    late: false,
    // Asked for with our key over the platform's own address, or our own word.
    trust: 'signed',
    data,
  });
}

export function toAppend(event: HandoverEvent): NewEvent {
  return {
    source: event.source,
    id: event.id,
    received: Date.parse(event.receivedtime),
    facts: factsOf(event),
    body: JSON.stringify(event),
  };
}

/** A short, stable name for parts that must not be readable or may be long. */
export function digestOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 40);
}
