/** The gateway's reads over the log, on SQLite. */
import { maySee, type Audience, type Viewer } from '../../routing/audience';
import type { SqlValue } from '../../store/sqlite/database';
import type { Engine } from '../../store/sqlite/engine';
import { foldRows } from '../../store/sqlite/fold-rows';
import type { AgentToday, CallsFilter, ListedCalls } from '../store-port';

interface RelayEventRow {
  call: string | null;
  type: string;
  claimant: string | null;
  decider: string | null;
  origin: string | null;
}

/** A part of a WHERE clause with its values. */
interface Condition {
  sql: string;
  values: SqlValue[];
}

export class LogReads {
  constructor(private readonly engine: Engine) {}

  callSnapshot(call: string, viewer: Viewer): string | null {
    const row = this.engine.callRow(call);
    if (row === undefined || !maySee(viewer, JSON.parse(row.audience) as Audience)) return null;
    return this.fold(call);
  }

  listCalls(filter: CallsFilter): ListedCalls {
    const conditions: Condition[] = [
      { sql: 'last_received BETWEEN ? AND ?', values: [filter.from, filter.to] },
      ...visibleTo(filter.viewer),
      ...ofCampaign(filter.campaign),
    ];
    const where = conditions.map(({ sql }) => sql).join(' AND ');
    const values = conditions.flatMap((condition) => condition.values);
    const total = this.engine.database.get<{ n: number }>(`SELECT count(*) AS n FROM calls WHERE ${where}`, ...values);
    const rows = this.engine.database.all<{ call: string; last_received: number }>(
      `SELECT call, last_received FROM calls WHERE ${where} ORDER BY last_received DESC, call LIMIT ? OFFSET ?`,
      ...values,
      filter.limit,
      filter.offset,
    );
    return {
      total: total?.n ?? 0,
      calls: rows.map(({ call, last_received }) => ({ lastActivity: last_received, snapshot: this.fold(call) })),
    };
  }

  callsOfPhone(digits: string, limit: number): string[] {
    return this.engine.database
      .all<{ call: string }>(
        `SELECT calls.call FROM call_phones JOIN calls ON calls.call = call_phones.call
         WHERE phone = ? ORDER BY last_received DESC LIMIT ?`,
        digits,
        limit,
      )
      .map(({ call }) => this.fold(call));
  }

  agentToday(agent: string, from: number): AgentToday {
    const rows = this.engine.database.all<RelayEventRow>(
      `SELECT call, json_extract(body, '$.type') AS type, json_extract(body, '$.data.agent.id') AS claimant,
         json_extract(body, '$.data.agent') AS decider, json_extract(body, '$.data.origin.agent') AS origin
       FROM events WHERE source = '/relay' AND received >= ?`,
      from,
    );
    const of = (type: string, who: (row: RelayEventRow) => string | null) =>
      new Set(rows.filter((row) => row.type === type && who(row) === agent).map(({ call }) => call));
    const claimed = of('call.claimed', ({ claimant }) => claimant);
    const decided = of('call.disposition', ({ decider }) => decider);
    const started = of('call.started', ({ origin }) => origin);
    return {
      calls: new Set([...claimed, ...decided, ...started]).size,
      claims: claimed.size,
      dispositions: decided.size,
    };
  }

  private fold(call: string): string {
    const rows = this.engine.database.all<{ body: string }>(
      'SELECT body FROM events WHERE call = ? ORDER BY "offset"',
      call,
    );
    return JSON.stringify(foldRows(call, rows));
  }
}

function visibleTo(viewer: Viewer): Condition[] {
  if (viewer.all) return [];
  const marks = viewer.keys.map(() => '?').join(', ');
  return [
    { sql: `EXISTS (SELECT 1 FROM json_each(calls.audience) WHERE value IN (${marks}))`, values: [...viewer.keys] },
  ];
}

/** `<platform>:<id>` or the platform's bare id. */
function ofCampaign(campaign: string | undefined): Condition[] {
  if (campaign === undefined) return [];
  const said = (id: string): Condition => ({
    sql: `EXISTS (SELECT 1 FROM events WHERE events.call = calls.call AND json_extract(body, '$.data.campaign') = ?)`,
    values: [id],
  });
  const colon = campaign.indexOf(':');
  if (colon < 0) return [said(campaign)];
  return [
    { sql: `substr(calls.call, 1, ?) = ?`, values: [colon + 1, campaign.slice(0, colon + 1)] },
    said(campaign.slice(colon + 1)),
  ];
}
