/** The gateway's reads over the log. */
import { maySee, type Audience, type Viewer } from '../../routing/audience';
import { foldRows } from '../../store/fold-rows';
import type { Log } from '../../store/log';
import { all, get, type Dialect, type SqlValue, type Work } from '../../store/sql';
import type { AgentToday, CallsFilter, ListedCalls } from '../store-port';

/** A part of a WHERE clause with its values. */
interface Condition {
  sql: string;
  values: SqlValue[];
}

export class LogReads {
  constructor(private readonly log: Log) {}

  *callSnapshot(call: string, viewer: Viewer): Work<string | null> {
    const row = yield* this.log.callRow(call);
    if (row === undefined || !maySee(viewer, JSON.parse(row.audience) as Audience)) return null;
    return yield* this.fold(call);
  }

  *listCalls(filter: CallsFilter): Work<ListedCalls> {
    const conditions: Condition[] = [
      { sql: 'last_received BETWEEN ? AND ?', values: [filter.from, filter.to] },
      ...visibleTo(filter.viewer, this.log.dialect),
      ...ofCampaign(filter.campaign, this.log.dialect),
    ];
    const where = conditions.map(({ sql }) => sql).join(' AND ');
    const values = conditions.flatMap((condition) => condition.values);
    const total = yield* get<{ n: number }>(`SELECT count(*) AS n FROM calls WHERE ${where}`, ...values);
    const rows = yield* all<{ call: string; last_received: number }>(
      `SELECT call, last_received FROM calls WHERE ${where} ORDER BY last_received DESC, call LIMIT ? OFFSET ?`,
      ...values,
      filter.limit,
      filter.offset,
    );
    const calls: ListedCalls['calls'] = [];
    for (const { call, last_received } of rows) {
      calls.push({ lastActivity: last_received, snapshot: yield* this.fold(call) });
    }
    return { total: total?.n ?? 0, calls };
  }

  *callsOfPhone(digits: string, limit: number): Work<string[]> {
    const rows = yield* all<{ call: string }>(
      `SELECT calls.call FROM call_phones JOIN calls ON calls.call = call_phones.call
       WHERE phone = ? ORDER BY last_received DESC LIMIT ?`,
      digits,
      limit,
    );
    const folded: string[] = [];
    for (const { call } of rows) folded.push(yield* this.fold(call));
    return folded;
  }

  *agentToday(agent: string, from: number): Work<AgentToday> {
    const { actor, type } = this.log.dialect;
    const rows = yield* all<{ call: string; type: string }>(
      `SELECT DISTINCT call, ${type} AS type FROM events
       WHERE source = '/relay' AND ${actor} = ? AND received >= ? AND call IS NOT NULL
         AND call NOT IN (SELECT call FROM calls WHERE test = 1)`,
      agent,
      from,
    );
    const of = (type: string) => rows.filter((row) => row.type === type).map(({ call }) => call);
    const [claimed, decided, started] = [of('call.claimed'), of('call.disposition'), of('call.started')];
    const dials = yield* get<{ n: number }>(
      "SELECT count(*) AS n FROM dial_attempts WHERE agent = ? AND at >= ? AND state <> 'not_made'",
      ...[agent, from],
    );
    return {
      calls: new Set([...claimed, ...decided, ...started]).size,
      claims: claimed.length,
      dispositions: decided.length,
      dials: dials?.n ?? 0,
    };
  }

  private *fold(call: string): Work<string> {
    const rows = yield* all<{ body: string }>('SELECT body FROM events WHERE call = ? ORDER BY "offset"', call);
    return JSON.stringify(foldRows(call, rows));
  }
}

function visibleTo(viewer: Viewer, dialect: Dialect): Condition[] {
  if (viewer.all) return [];
  // The list is JSON, so a key is in it exactly when its own JSON is: cheaper than taking every list apart.
  const ors = viewer.keys.map(() => dialect.contains('audience')).join(' OR ');
  return [{ sql: ors === '' ? '1 = 0' : `(${ors})`, values: viewer.keys.map((key) => JSON.stringify(key)) }];
}

/** `<platform>:<id>` or the platform's bare id. */
function ofCampaign(campaign: string | undefined, dialect: Dialect): Condition[] {
  if (campaign === undefined) return [];
  const said = (id: string): Condition => ({
    sql: `call IN (SELECT call FROM events WHERE ${dialect.campaign} = ?)`,
    values: [id],
  });
  const colon = campaign.indexOf(':');
  if (colon < 0) return [said(campaign)];
  return [
    { sql: `substr(calls.call, 1, ?) = ?`, values: [colon + 1, campaign.slice(0, colon + 1)] },
    said(campaign.slice(colon + 1)),
  ];
}
