/** Signed VInfer escalations, as the platform would post them, already as bytes of an HTTP request. */
import { createHmac } from 'node:crypto';

export const WEBHOOK_SECRET = 'chaos-vinfer-secret-0123456789abcdef';
export const QUEUE_NUMBER = '+918001234567';

/** Size of a usual webhook body with its conversation summary, bytes. */
export const USUAL_BODY_BYTES = 2048;

export interface WebhookOptions {
  /** Unique within the run; event and call are named after it. */
  id: string;
  /** Call, when several events belong to one. */
  call?: string;
  /** Number the call is transferred to. */
  to?: string;
  /** Body size, bytes; padded with summary text. */
  bytes?: number;
  /** Epoch ms, fractional: when the platform meant to send it. Comes back in the event's custom fields. */
  sentAt?: number;
}

export const eventIdOf = (id: string): string => `evt_${id}`;
export const callIdOf = (id: string): string => `vinfer:call_${id}`;

export function webhookBody({ id, call = id, to = QUEUE_NUMBER, bytes = USUAL_BODY_BYTES, sentAt }: WebhookOptions) {
  const shape = (summary: string) =>
    JSON.stringify({
      event: 'call.escalated',
      event_id: eventIdOf(id),
      timestamp: new Date().toISOString(),
      campaign_id: 'cmp_chaos',
      call: {
        call_id: `call_${call}`,
        phone: '+919123456789',
        contact_name: 'Amit Patel',
        escalation_trigger: 'explicit_request',
        transfer_to: to,
        ...(sentAt === undefined ? {} : { custom_fields: { sent_at: sentAt } }),
        conversation_summary: summary,
      },
    });
  const bare = shape('').length;
  return shape('The customer asked for a person. '.repeat(Math.ceil(bytes / 33)).slice(0, Math.max(0, bytes - bare)));
}

export function signatureOf(body: string): string {
  return createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex');
}

/** @param tag a header that names the request, for whoever reads a system call trace */
export function webhookRequest(body: string, tag?: string): Buffer {
  const head = [
    'POST /hooks/vinfer HTTP/1.1',
    ...(tag === undefined ? [] : [`X-Tag: ${tag}`]),
    'Host: relay',
    'Content-Type: application/json',
    `X-VInfer-Signature: ${signatureOf(body)}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
