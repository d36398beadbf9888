/** What solo mode asks for, platform by platform. Apart from its schemas, because windows draw it and parse nothing. */
import type { SoloField, SoloPlatform } from '../contract/solo';

/** `webhook`: without it nothing is received. `api`: all of them or none; with them calls can be started. */
interface SoloFieldRule {
  field: SoloField;
  part: 'webhook' | 'api';
  secret?: true;
  /** Nobody hands it out: left empty, the desk makes one. */
  made?: true;
  /** Left empty, this is meant. */
  usual?: string;
}

/** The form of each platform, in the order in which it is filled in. */
export const SOLO_FORMS: Readonly<
  Record<SoloPlatform, { label: string; registers: boolean; fields: readonly SoloFieldRule[] }>
> = {
  vinfer: {
    label: 'VInfer Neuron',
    registers: true,
    fields: [
      { field: 'webhook_secret', part: 'webhook', secret: true },
      { field: 'api_key', part: 'api', secret: true },
      { field: 'api_base', part: 'api', usual: 'https://api.vinfer.ai' },
    ],
  },
  voiceinfra: {
    label: 'VoiceInfra',
    registers: false,
    fields: [
      { field: 'webhook_secret', part: 'webhook', secret: true },
      { field: 'api_key', part: 'api', secret: true },
      { field: 'agent', part: 'api' },
      { field: 'from', part: 'api' },
      { field: 'api_base', part: 'api', usual: 'https://api.voiceinfra.ai' },
    ],
  },
  infer: {
    label: 'Infer',
    registers: false,
    fields: [
      { field: 'path_secret', part: 'webhook', secret: true, made: true },
      { field: 'api_key', part: 'api', secret: true },
      { field: 'agent', part: 'api' },
      { field: 'api_base', part: 'api', usual: 'https://voiceagent.infers.co' },
    ],
  },
  salpre: {
    label: 'Salpre',
    registers: false,
    fields: [
      { field: 'header_name', part: 'webhook', usual: 'x-handover-key' },
      { field: 'header_value', part: 'webhook', secret: true, made: true },
      { field: 'api_key', part: 'api', secret: true },
      { field: 'from', part: 'api' },
      { field: 'agent', part: 'api' },
      { field: 'api_base', part: 'api', usual: 'https://ai.salpre.com' },
    ],
  },
};
