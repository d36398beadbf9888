/**
 * Salpre's REST API, `account-secret-key`: `POST …/call/make-call` as multipart/form-data, and `GET …/call/list`.
 * Errors may come as 200 with `{"status":"error","message":…}`.
 */
import { PlatformError, type CallRecord, type PlatformApi } from '../api';
import { compact } from '../lib/decoding';
import { answerOf, badAnswer, httpApi } from '../lib/http';
import { Fields } from '../lib/fields';
import type { SalpreConfig } from './config';

/** Calls per page where the caller does not say, and at most. */
const PAGE = 50;
const MAX_PAGE = 100;

function successOf(value: unknown): Fields {
  const answer = new Fields(value);
  if (answer.text('status') !== 'error') return answer;
  const said = answer.text('message');
  throw new PlatformError('rejected', 'salpre answered with an error', said === undefined ? {} : { said });
}

function callRecord(raw: unknown): CallRecord | undefined {
  const call = new Fields(raw);
  const id = call.text('call_id', 'id');
  if (id === undefined) return undefined;
  const outbound = call.text('direction') === 'outbound';
  return {
    id,
    ...compact({
      phone: outbound ? call.text('to') : call.text('from'),
      status: call.text('status'),
      started_at: call.instant('started_at'),
      ended_at: call.instant('ended_at'),
      duration_seconds: call.duration('duration_sec'),
    }),
    raw,
  } as CallRecord;
}

/** Whether some of the call lies in the span; one of which nothing is known does. */
function isWithin(
  { started_at, ended_at, duration_seconds = 0 }: CallRecord,
  since: string | undefined,
  until: string | undefined,
): boolean {
  const began = Date.parse(started_at ?? '');
  const ended = ended_at === undefined ? began + duration_seconds * 1000 : Date.parse(ended_at);
  return !(ended < Date.parse(since ?? '') || began > Date.parse(until ?? ''));
}

export function salpreApi(config: SalpreConfig, fetch: typeof globalThis.fetch): PlatformApi | undefined {
  if (config.api === undefined) return undefined;
  const { base, key, from, agent_id } = config.api;
  const headers = { 'account-secret-key': key };
  const http = httpApi({ platform: 'salpre', base, prefix: '/api/gateway/v1', headers, fetch });
  return {
    startIsRepeatable: false,
    async startCall(call, { signal }) {
      const body = new FormData();
      body.set('from', from);
      body.set('to', call.phone);
      body.set('agent_id', String(agent_id));
      const { value, rate } = await http.send({
        method: 'POST',
        path: '/call/make-call',
        body,
        effect: 'acts',
        signal,
      });
      const answer = successOf(value);
      const data = answer.fields('data');
      const id = data.text('call_id', 'id') ?? answer.text('call_id');
      if (id === undefined || id === '') throw badAnswer('salpre', 'acts', 'no call_id in the answer');
      const status = data.text('status');
      return answerOf(status === undefined ? { id } : { id, status }, rate);
    },
    /** Newest first, in pages; the platform has no filters, so `from` and `to` are applied to the page here. */
    async listCalls({ limit = PAGE, offset = 0, from: since, to: until }, { signal }) {
      const per_page = Math.min(Math.max(1, limit), MAX_PAGE);
      const page = Math.floor(offset / per_page) + 1;
      const query = { per_page, page: page > 1 ? page : undefined };
      const { value, rate } = await http.send({
        method: 'GET',
        path: '/call/list',
        query,
        effect: 'repeatable',
        signal,
      });
      const answer = successOf(value);
      const list = answer.list('data');
      if (list === undefined) throw badAnswer('salpre', 'repeatable', 'no list of calls in the answer');
      const items = list
        .map(callRecord)
        .filter((record) => record !== undefined)
        .filter((record) => isWithin(record, since, until));
      return answerOf({ items, rows: list.length, hasMore: answer.fields('meta').flag('has_next') ?? false }, rate);
    },
  };
}
