/** From what an adapter decoded to events of the log: ids, times, lateness, trust (DESIGN §3). */
import { createHash } from 'node:crypto';
import { callIdSchema, handoverEventSchema, type HandoverEvent, type Trust } from '../../shared/contract/events';
import type { DecodedEvent } from '../../platforms/platform';
import type { NewEvent } from '../store/port';
import { factsOf } from '../routing/facts';

export interface Receipt {
  /** Platform name. */
  platform: string;
  rawBody: Uint8Array;
  trust: Trust;
  /** Epoch ms. */
  received: number;
  lateAfterS: number;
}

/** Longest id the envelope takes; a longer one is replaced by its hash, which is as unique. */
const MAX_ID = 290;

function bodyId(source: string, rawBody: Uint8Array): string {
  return `sha256:${createHash('sha256').update(source).update('\n').update(rawBody).digest('hex')}`;
}

function baseId(decoded: DecodedEvent, source: string, rawBody: Uint8Array): string {
  if (decoded.id === undefined || decoded.id === '') return bodyId(source, rawBody);
  if (decoded.id.length <= MAX_ID) return decoded.id;
  return `sha256:${createHash('sha256').update(decoded.id).digest('hex')}`;
}

function isLate(decoded: DecodedEvent, time: string, { received, lateAfterS }: Receipt): boolean {
  return decoded.type === 'call.escalated' && received - Date.parse(time) > lateAfterS * 1000;
}

function compose(decoded: DecodedEvent, id: string, source: string, receipt: Receipt): HandoverEvent {
  const receivedtime = new Date(receipt.received).toISOString();
  const time = decoded.time ?? receivedtime;
  const envelope = {
    specversion: '1.0' as const,
    id,
    source,
    time,
    receivedtime,
    istest: decoded.istest,
    late: isLate(decoded, time, receipt),
    trust: receipt.trust,
  };
  const subject = decoded.subject === undefined ? {} : { subject: decoded.subject };
  const parsed = handoverEventSchema.safeParse({ ...envelope, ...subject, type: decoded.type, data: decoded.data });
  const misfit = parsed.success ? subjectProblem(parsed.data) : 'an adapter made an event that does not fit its schema';
  if (parsed.success && misfit === undefined) return parsed.data;
  // Authentic, so never dropped: it is kept as unknown and can be decoded again after an upgrade.
  return {
    ...envelope,
    time: receivedtime,
    late: false,
    type: 'platform.unknown',
    data: { reason: misfit ?? 'unknown', type: decoded.type },
  };
}

function subjectProblem(event: HandoverEvent): string | undefined {
  if (!event.type.startsWith('call.')) return undefined;
  return callIdSchema.safeParse(event.subject).success ? undefined : 'the call has no usable id';
}

/** The events of one webhook body, ready for the log. Several events of one id get `#1`, `#2`, … in order. */
export function identify(decoded: readonly DecodedEvent[], receipt: Receipt): NewEvent[] {
  const source = `/platforms/${receipt.platform}`;
  const used = new Map<string, number>();
  return decoded.map((one) => {
    const base = baseId(one, source, receipt.rawBody);
    const n = used.get(base) ?? 0;
    used.set(base, n + 1);
    const event = compose(one, n === 0 ? base : `${base}#${n}`, source, receipt);
    return { source, id: event.id, received: receipt.received, facts: factsOf(event), body: JSON.stringify(event) };
  });
}
