/** What the relay counts, for Prometheus. Labels are few and never hold a person, a call or an agent. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const ACK_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    webhooks: new Counter({
      name: 'handover_webhooks_total',
      help: 'Webhook requests by platform and verdict (accepted, repeated, refused, unavailable, unconfigured).',
      labelNames: ['platform', 'verdict'],
      registers,
    }),
    webhookSeconds: new Histogram({
      name: 'handover_webhook_seconds',
      help: 'Time from a webhook request to its answer, including the sync to disk.',
      buckets: ACK_BUCKETS_S,
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
