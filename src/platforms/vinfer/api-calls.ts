/** Calls, contacts, outcomes and transcripts at VInfer. */
import { PlatformError, type Capabilities, type DispositionWrite, type PlatformApi, type RequestOptions } from '../api';
import { compact } from '../lib/decoding';
import { answerOf, badAnswer, segment, type HttpApi } from '../lib/http';
import type { VinferApiConfig } from './api';
import { isMissingRoute } from './api-start';
import { callRecord, contactRecord, listOf, transcriptTurns } from './records';

/** Most calls a page may hold (calls page). */
const MAX_PAGE = 100;

/** Putting a number on the platform's do-not-call list, where the configuration says how. */
export function suppressingOf(http: HttpApi, { dnc }: VinferApiConfig): Pick<PlatformApi, 'suppress'> {
  if (dnc === undefined) return {};
  return {
    async suppress({ phone, scope, call }, key, { signal }) {
      const { rate } = await http.send({
        method: dnc.method,
        path: dnc.path.replace('{phone}', segment(phone)),
        body: compact({ phone, dnc: true, scope, call_id: call }),
        headers: { 'idempotency-key': key },
        effect: 'repeatable',
        signal,
      });
      return answerOf(undefined, rate);
    },
  };
}

type Calls = Required<Pick<PlatformApi, 'getCall' | 'listCalls' | 'setDisposition' | 'getContact' | 'fetchTranscript'>>;

export function callsOf(http: HttpApi, config: VinferApiConfig, learned: Capabilities): Calls {
  const read = (path: string, signal: AbortSignal, query: Record<string, string | number | undefined> = {}) =>
    http.send({ method: 'GET', path, query, effect: 'repeatable', signal });

  const getCall: Calls['getCall'] = async (id, { signal }) => {
    const { value, rate } = await read(`/calls/${segment(id)}`, signal);
    const record = callRecord(value);
    if (record === undefined) throw badAnswer('vinfer', 'repeatable', 'no call in the answer');
    return answerOf(record, rate);
  };

  /**
   * A 404 may also mean "no such call". Only where the call can be read is it the route that is missing.
   * @throws PlatformError `not_found` for an unknown call, or why the call could not be read
   */
  async function expectMissingRoute(error: PlatformError, id: string, options: RequestOptions): Promise<void> {
    if (error.details.status !== 404) return;
    if (learned.disposition === 'written') throw error;
    await getCall(id, options);
  }

  async function write(id: string, body: DispositionWrite, { signal }: RequestOptions) {
    const { method, path } = config.disposition;
    const { rate } = await http.send({
      method,
      path: path.replace('{id}', segment(id)),
      body: compact({ disposition: body.value, callback_time: body.callback_time, notes: body.notes }),
      effect: 'repeatable',
      signal,
    });
    learned.disposition = 'written';
    return answerOf(undefined, rate);
  }

  return {
    getCall,
    async listCalls(query, { signal }) {
      const { campaign, from, to, after, offset = 0 } = query;
      const limit = Math.min(Math.max(1, query.limit ?? MAX_PAGE), MAX_PAGE);
      // Only a campaign's own list knows `after`; the list of all calls filters by time range.
      const { value, rate } =
        campaign !== undefined && from === undefined && to === undefined
          ? await read(`/campaigns/${segment(campaign)}/calls`, signal, { after, limit, offset })
          : await read('/calls', signal, { campaign_id: campaign, from: from ?? after, to, limit, offset });
      const page = listOf(value, 'calls');
      if (page === undefined) throw badAnswer('vinfer', 'repeatable', 'no list of calls in the answer');
      const { list, total } = page;
      const items = list.map(callRecord).filter((record) => record !== undefined);
      const hasMore = total === undefined ? list.length >= limit : list.length > 0 && offset + list.length < total;
      return answerOf({ items, hasMore, ...(total === undefined ? {} : { total }) }, rate);
    },
    async setDisposition(id, body, options) {
      const missing = (cause?: PlatformError) =>
        new PlatformError('unsupported', 'vinfer: this account has no route to set a disposition', {}, { cause });
      if (learned.disposition === 'unsupported') throw missing();
      try {
        return await write(id, body, options);
      } catch (error) {
        if (!isMissingRoute(error)) throw error;
        await expectMissingRoute(error, id, options);
        learned.disposition = 'unsupported';
        throw missing(error);
      }
    },
    async getContact(phone, { signal }) {
      const { value, rate } = await read(`/contacts/${segment(phone)}`, signal);
      if (typeof value !== 'object' || value === null)
        throw badAnswer('vinfer', 'repeatable', 'no contact in the answer');
      return answerOf(contactRecord(phone, value), rate);
    },
    async fetchTranscript(url, { signal }) {
      if (!URL.canParse(url)) throw new PlatformError('rejected', 'vinfer: transcript address is not an address');
      const { value, rate } = await read(new URL(url).href, signal);
      const turns = transcriptTurns(value);
      if (turns === 'pending') throw new PlatformError('unavailable', 'vinfer: the transcript is still being made');
      if (turns === undefined) throw badAnswer('vinfer', 'repeatable', 'no transcript in the answer');
      return answerOf(turns, rate);
    },
  };
}
