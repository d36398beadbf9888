/** Salpre: telephony steps and partial transcripts live, no escalation event. */
import type { Platform } from '../platform';
import { salpreApi } from './api';
import { salpreConfigSchema, type SalpreConfig } from './config';
import { salpreTestEvent } from './test-event';
import { salpreWebhook } from './webhook';

export const salpre: Platform<SalpreConfig> = {
  traits: { name: 'salpre', label: 'Salpre', live_transcript: true, escalation_summary: false, escalates: false },
  configSchema: salpreConfigSchema,
  webhook: salpreWebhook,
  api: salpreApi,
  testEvent: salpreTestEvent,
};
