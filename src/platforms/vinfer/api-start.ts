/** Starting one call at VInfer: `POST /calls` where the account has it, else a campaign of one contact. */
import { PlatformError, type Capabilities, type PlatformApi, type StartCall, type StartedCall } from '../api';
import { compact } from '../lib/decoding';
import { answerOf, badAnswer, segment, type HttpApi } from '../lib/http';
import type { VinferApiConfig } from './api';
import { callRecord, campaignRecord, listOf } from './records';

/** Longest campaign name (campaigns page), characters. */
const MAX_CAMPAIGN_NAME = 255;

/** Answers that say "no such route here" rather than "not this call". */
export function isMissingRoute(error: unknown): error is PlatformError {
  const status = error instanceof PlatformError ? error.details.status : undefined;
  return status === 404 || status === 405 || status === 501;
}

type Starting = Required<Pick<PlatformApi, 'startCall' | 'findStartedCall'>>;

export function startingOf(http: HttpApi, config: VinferApiConfig, learned: Capabilities): Starting {
  const script = (call: StartCall) =>
    compact({ script_id: call.script ?? config.script_id, language: call.language ?? config.language });

  async function single(call: StartCall, signal: AbortSignal) {
    const { value, rate } = await http.send({
      method: 'POST',
      path: '/calls',
      body: { ...call.variables, ...script(call), ...compact({ name: call.name }), phone: call.phone },
      headers: { 'idempotency-key': call.idempotencyKey },
      effect: 'acts',
      signal,
    });
    const record = callRecord(value);
    if (record === undefined) throw badAnswer('vinfer', 'acts', 'no call id in the answer');
    return answerOf<StartedCall>(compact({ id: record.id, status: record.status }) as StartedCall, rate);
  }

  const findStartedCall: Starting['findStartedCall'] = async (campaign, { signal }) => {
    const path = `/campaigns/${segment(campaign)}/calls`;
    const { value, rate } = await http.send({ method: 'GET', path, effect: 'repeatable', signal });
    const found = listOf(value, 'calls')
      ?.list.map(callRecord)
      .find((record) => record !== undefined);
    return answerOf<StartedCall>(compact({ id: found?.id, campaign, status: found?.status }) as StartedCall, rate);
  };

  async function byCampaign(call: StartCall, signal: AbortSignal) {
    const { value, rate } = await http.send({
      method: 'POST',
      path: '/campaigns',
      body: {
        name: `Handover ${call.idempotencyKey}`.slice(0, MAX_CAMPAIGN_NAME),
        ...script(call),
        contacts: [{ ...call.variables, ...compact({ name: call.name }), phone: call.phone }],
        max_attempts: 1,
      },
      // Another body than the one that may have been sent to /calls under the bare key.
      headers: { 'idempotency-key': `${call.idempotencyKey}:campaign` },
      effect: 'acts',
      signal,
    });
    const campaign = campaignRecord(value);
    if (campaign === undefined) throw badAnswer('vinfer', 'acts', 'no campaign id in the answer');
    const started = answerOf<StartedCall>({ campaign: campaign.id }, rate);
    // The campaign exists and will dial: failing to read its call now must not look like a failure to start it.
    return findStartedCall(campaign.id, { signal }).catch((error: unknown) => {
      if (error instanceof PlatformError) return started;
      throw error;
    });
  }

  return {
    findStartedCall,
    async startCall(call, { signal }) {
      if (learned.startCall === 'campaign') return byCampaign(call, signal);
      try {
        return await single(call, signal);
      } catch (error) {
        if (!isMissingRoute(error)) throw error;
        learned.startCall = 'campaign';
        return byCampaign(call, signal);
      }
    },
  };
}
