/** Infer's REST API: `POST /api/calls/start_outbound_call`, the key in `Authorization` without a scheme. */
import { PlatformError, type PlatformApi } from '../api';
import { compact } from '../lib/decoding';
import { answerOf, badAnswer, httpApi } from '../lib/http';
import { Fields } from '../lib/fields';
import type { InferConfig } from './config';

export function inferApi(config: InferConfig, fetch: typeof globalThis.fetch): PlatformApi | undefined {
  if (config.api === undefined) return undefined;
  const { base, key, voice_agent_id } = config.api;
  const http = httpApi({ platform: 'infer', base, prefix: '/api', headers: { authorization: key }, fetch });
  return {
    startIsRepeatable: false,
    async startCall(call, { signal }) {
      const prompt_values = { ...compact({ name: call.name, language: call.language }), ...call.variables };
      const { value, rate } = await http.send({
        method: 'POST',
        path: '/calls/start_outbound_call',
        body: { voice_agent_id, prompt_values, to_phone: call.phone },
        effect: 'acts',
        signal,
      });
      const answer = new Fields(value);
      const status = answer.text('status');
      const said = answer.text('message');
      // Failures come as 200 with another status: the platform says plainly that there is no call.
      if (status !== undefined && status !== 'success')
        throw new PlatformError('rejected', 'infer did not start the call', said === undefined ? {} : { said });
      const id = answer.text('call_id');
      if (id === undefined || id === '') throw badAnswer('infer', 'acts', 'no call_id in the answer');
      return answerOf({ id }, rate);
    },
  };
}
