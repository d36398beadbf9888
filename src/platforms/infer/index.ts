/** Infer: every turn live, warm and cold transfers with number and label, no summary at the escalation. */
import type { Platform } from '../platform';
import { inferApi } from './api';
import { inferConfigSchema, type InferConfig } from './config';
import { inferTestEvent } from './test-event';
import { inferWebhook } from './webhook';

export const infer: Platform<InferConfig> = {
  traits: { name: 'infer', label: 'Infer', live_transcript: true, escalation_summary: false, escalates: true },
  configSchema: inferConfigSchema,
  webhook: inferWebhook,
  api: inferApi,
  testEvent: inferTestEvent,
};
