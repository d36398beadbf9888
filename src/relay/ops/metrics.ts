/** What the relay counts, for Prometheus. Labels are few and never hold a person, a call or an agent. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const LEAD_BUCKETS_S = [0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const ACK_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    webhooks: new Counter({
      name: 'handover_webhooks_total',
      help: 'Webhook requests by platform and verdict (accepted, repeated, unknown, refused, unavailable, unconfigured).',
      labelNames: ['platform', 'verdict'],
      registers,
    }),
    webhookSeconds: new Histogram({
      name: 'handover_webhook_seconds',
      help: 'Time from a webhook request to its answer, including the sync to disk.',
      buckets: ACK_BUCKETS_S,
      registers,
    }),
    late: new Counter({
      name: 'handover_late_escalations_total',
      help: 'Escalations that were too old to ring when they arrived.',
      registers,
    }),
    leadSeconds: new Histogram({
      name: 'handover_context_lead_seconds',
      help: 'Time from the receipt of an escalation to its pop being painted, and being looked at.',
      labelNames: ['step'],
      buckets: LEAD_BUCKETS_S,
      registers,
    }),
    unavailableSince: new Gauge({
      name: 'handover_store_unavailable_seconds',
      help: 'How long the store has refused writes; 0 while it takes them. Platforms give up after a day.',
      registers,
    }),
    swept: new Counter({
      name: 'handover_swept_total',
      help: 'Rows that left by age or size, by kind (events, deliveries).',
      labelNames: ['kind'],
      registers,
    }),
    waitingBytes: new Gauge({
      name: 'handover_webhooks_waiting_bytes',
      help: 'Bytes of webhook bodies that wait to be made durable.',
      registers,
    }),
    logHead: new Gauge({ name: 'handover_log_head', help: 'Greatest offset in the event log.', registers }),
    desks: new Gauge({ name: 'handover_desks', help: 'Desks connected and past their hello.', registers }),
    deskClosed: new Counter({
      name: 'handover_desk_closed_total',
      help: 'Desk connections that ended, by close code.',
      labelNames: ['code'],
      registers,
    }),
    framesSent: new Counter({
      name: 'handover_desk_frames_total',
      help: 'Event frames sent to desks.',
      registers,
    }),
    claims: new Counter({
      name: 'handover_claims_total',
      help: 'Claim commands by outcome (won, lost, refused).',
      labelNames: ['outcome'],
      registers,
    }),
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
