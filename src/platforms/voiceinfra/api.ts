/** VoiceInfra's REST API: one route, `POST /v1/calls/outbound`, with `X-API-Key`. It knows no idempotency key. */
import type { PlatformApi } from '../api';
import { compact } from '../lib/decoding';
import { answerOf, badAnswer, httpApi, objectOf } from '../lib/http';
import type { VoiceinfraConfig } from './config';

export function voiceinfraApi(config: VoiceinfraConfig, fetch: typeof globalThis.fetch): PlatformApi | undefined {
  if (config.api === undefined) return undefined;
  const { base, key, agent_id, from_number } = config.api;
  const http = httpApi({ platform: 'voiceinfra', base, prefix: '/v1', headers: { 'x-api-key': key }, fetch });
  return {
    startIsRepeatable: false,
    async startCall(call, { signal }) {
      const variables = { ...compact({ name: call.name, language: call.language }), ...call.variables };
      const { value, rate } = await http.send({
        method: 'POST',
        path: '/calls/outbound',
        body: { agent_id, from_number, to_number: call.phone, variables },
        effect: 'acts',
        signal,
      });
      const answer = objectOf(value);
      const id = answer.text('call_id');
      if (id === undefined || id === '') throw badAnswer('voiceinfra', 'acts', 'no call_id in the answer');
      const status = answer.text('status');
      return answerOf(status === undefined ? { id } : { id, status }, rate);
    },
  };
}
