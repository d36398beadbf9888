/** VInfer Neuron: escalations with a summary, no live transcript. */
import type { Platform } from '../platform';
import { vinferApi } from './api';
import { vinferConfigSchema, type VinferConfig } from './config';
import { vinferTestEvent } from './test-event';
import { vinferWebhook } from './webhook';

export const vinfer: Platform<VinferConfig> = {
  traits: {
    name: 'vinfer',
    label: 'VInfer Neuron',
    live_transcript: false,
    escalation_summary: true,
    escalates: true,
    recording_hours: 72,
  },
  configSchema: vinferConfigSchema,
  webhook: vinferWebhook,
  api: vinferApi,
  testEvent: vinferTestEvent,
};
