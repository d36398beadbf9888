/** `GET /v1/calls` and `GET /v1/calls/{call}`. */
import type { CallRecord } from '../../../platforms/api';
import { callSnapshotSchema, type CallSnapshot } from '../../../shared/contract/call';
import {
  callQuerySchema,
  callsQuerySchema,
  type CallAnswer,
  type CallsAnswer,
  type PlatformRecord,
  type SourceState,
} from '../../../shared/contract/rest';
import { phaseOf } from '../../../shared/lib/call-view';
import { emptyCall, foldEvent } from '../../../shared/lib/fold-call';
import { recordEvents } from '../catch-up/record-events';
import type { Gateway } from '../gateway';
import { parse, platformId } from '../http/parse';
import { Problem } from '../http/problem';
import { sendRate } from '../http/rate-headers';
import type { Exchange, Router } from '../http/router';
import { askSource } from '../sources';
import { dispositionAnswer } from './disposition';

/** Without `from`, a list reaches back this far: as long as the log is kept by default. */
const DEFAULT_REACH_MS = 30 * 24 * 3600 * 1000;

/** The snapshot as the store folded it. */
export function snapshotOf(json: string): CallSnapshot {
  return callSnapshotSchema.parse(JSON.parse(json));
}

/** What of a platform's record goes out. */
export function recordView(record: CallRecord): PlatformRecord {
  const { status, disposition, started_at, ended_at, duration_seconds, recording_url, transcript_url, summary } =
    record;
  const view = {
    status,
    disposition,
    started_at,
    ended_at,
    duration_seconds,
    recording_url,
    transcript_url,
    summary,
  };
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
}

function summaryOf(call: CallSnapshot, lastActivity: number): CallsAnswer['data'][number] {
  const { fields, milestones, dispositions } = call;
  const [started, ended] = [milestones.started ?? milestones.ringing ?? milestones.answered, milestones.ended];
  const [name, phone] = [fields.contact_name, fields.contact_phone ?? fields.from];
  const said = {
    started_at: started?.at,
    ended_at: ended?.at,
    name: name?.value,
    phone: phone?.value,
    campaign: fields.campaign?.value,
    duration_seconds: fields.duration_seconds?.value,
    ai_disposition: dispositions.ai?.value.value,
    agent_disposition: dispositions.agent?.value.value,
    platform_disposition: dispositions.platform?.value.value,
  };
  const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return {
    call: call.call,
    phase: phaseOf(call),
    last_activity: new Date(lastActivity).toISOString(),
    test: call.test,
    ...known,
  };
}

async function freshRecord(gateway: Gateway, platform: string, id: string, agent: string) {
  const client = gateway.clients.get(platform);
  if (client === undefined) return { state: { source: platform, state: 'unsupported' as const } };
  return askSource(client, () => client.ask('getCall', { agent, repeat: 'safe' }, id));
}

async function readCall(gateway: Gateway, { request, reply, asker }: Exchange): Promise<CallAnswer> {
  const { whole, platform, id } = platformId(request, 'call');
  const { fresh } = parse(callQuerySchema, request.query);
  const { store, clock } = gateway.deps;
  const json = await store.gateway.callSnapshot(whole, asker.viewer);
  // What this relay never heard of concerns nobody in particular: only those who see everything may look.
  if (json === undefined && !asker.viewer.all) throw new Problem('not_found', 'No such call, or not yours to see');
  const wantsFresh = fresh === '1' || fresh === 'true';
  if (json === undefined && !wantsFresh) throw new Problem('not_found', 'This relay knows no such call');

  const sources: SourceState[] = [{ source: 'relay', state: 'ok' }];
  const call = json === undefined ? undefined : snapshotOf(json);
  const written = await store.gateway.latestWrite(whole);
  const disposition = written === undefined ? {} : { disposition: dispositionAnswer(written, gateway.dispositions) };
  if (!wantsFresh && call !== undefined) return { call, sources, ...disposition };

  const { state, value: record } = await freshRecord(gateway, platform, id, asker.agent.id);
  sources.push(state);
  sendRate(reply, gateway.clients.get(platform)?.rate);
  if (record === undefined) {
    if (call === undefined) throw new Problem('not_found', 'Neither this relay nor the platform knows this call');
    return { call, sources, ...disposition };
  }
  const merged = call ?? emptyCall(whole);
  for (const event of recordEvents({ platform, record, known: call, now: clock.now() })) foldEvent(merged, event);
  return { call: merged, record: recordView(record), sources, ...disposition };
}

async function listCalls(gateway: Gateway, { request, asker }: Exchange): Promise<CallsAnswer> {
  const { campaign_id, from, to, limit, offset } = parse(callsQuerySchema, request.query);
  const { store, clock } = gateway.deps;
  const until = to === undefined ? clock.now() : Date.parse(to);
  const { total, calls } = await store.gateway.listCalls({
    viewer: asker.viewer,
    ...(campaign_id === undefined ? {} : { campaign: campaign_id }),
    from: from === undefined ? until - DEFAULT_REACH_MS : Date.parse(from),
    to: until,
    limit,
    offset,
  });
  const data = calls.map(({ snapshot, lastActivity }) => summaryOf(snapshotOf(snapshot), lastActivity));
  return { data, total, limit, offset };
}

export function readCallRoutes(router: Router, gateway: Gateway): void {
  router.on('GET', '/calls', (exchange) => listCalls(gateway, exchange));
  router.on('GET', '/calls/:call', (exchange) => readCall(gateway, exchange));
}
