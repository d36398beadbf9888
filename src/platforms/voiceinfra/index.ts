/** VoiceInfra: speaks only after the call, so it never pops; its records are history. */
import type { Platform } from '../platform';
import { voiceinfraApi } from './api';
import { voiceinfraConfigSchema, type VoiceinfraConfig } from './config';
import { voiceinfraTestEvent } from './test-event';
import { voiceinfraWebhook } from './webhook';

export const voiceinfra: Platform<VoiceinfraConfig> = {
  traits: {
    name: 'voiceinfra',
    label: 'VoiceInfra',
    live_transcript: false,
    escalation_summary: false,
    escalates: false,
  },
  configSchema: voiceinfraConfigSchema,
  webhook: voiceinfraWebhook,
  api: voiceinfraApi,
  testEvent: voiceinfraTestEvent,
};
