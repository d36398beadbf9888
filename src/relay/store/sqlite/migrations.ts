/**
 * Numbered migrations, applied in order, each in a transaction of its own together with its number: a kill in the
 * middle leaves the previous version. Never change one that was released; add the next.
 */
import { CONSENTS_SCHEMA } from '../../consents/schema';
import { BODY_TOTAL_SCHEMA, DELIVERIES_SCHEMA, DELIVERY_TIMES_SCHEMA } from '../../deliveries/schema';
import { CRM_SCHEMA } from '../../crm/schema';
import { ATTEMPTS_SCHEMA, CAMPAIGN_HOURS_SCHEMA, CAMPAIGNS_SCHEMA, CONFIRMED_BY_SCHEMA } from '../../dialling/schema';
import { dncSchema } from '../../dnc/schema';
import { CALLBACKS_SCHEMA } from '../../callbacks/schema';
import { GATEWAY_INDEXES, GATEWAY_SCHEMA, KEY_OWNER_SCHEMA } from '../../gateway/store/schema';
import {
  HOLD_ATTEMPT_SCHEMA,
  IMPORT_OWNER_SCHEMA,
  LEAD_IMPORTS_SCHEMA,
  LEAD_SEGMENTS_SCHEMA,
  LEADS_SCHEMA,
} from '../../leads/store/schema';
import { RETENTION_SCHEMA } from '../../retention/schema';
import { FLOOR_SCHEMA } from '../../floor/schema';
import { INVITES_SCHEMA } from '../../invites/schema';
import { SIGHTINGS_SCHEMA } from '../../sightings/schema';
import { get, runSync } from '../sql';
import type { SqliteDatabase } from './database';

export const MIGRATIONS: readonly string[] = [
  // 1: the log, who each event concerns, the call register, agents
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE events (
    "offset"  INTEGER PRIMARY KEY AUTOINCREMENT,
    source    TEXT NOT NULL,
    id        TEXT NOT NULL,
    call      TEXT,
    received  INTEGER NOT NULL,
    audience  TEXT NOT NULL,
    moved_from TEXT,
    body      TEXT NOT NULL,
    UNIQUE (source, id)
  );
  CREATE INDEX events_of_call ON events (call, "offset") WHERE call IS NOT NULL;

  CREATE TABLE reach (
    key      TEXT NOT NULL,
    "offset" INTEGER NOT NULL,
    PRIMARY KEY (key, "offset")
  ) WITHOUT ROWID;

  CREATE TABLE calls (
    call           TEXT PRIMARY KEY,
    audience       TEXT NOT NULL,
    rank           TEXT NOT NULL,
    origin         TEXT,
    routed_at      TEXT,
    last_offset    INTEGER NOT NULL,
    last_received  INTEGER NOT NULL,
    ended          INTEGER NOT NULL DEFAULT 0,
    claim_seq      INTEGER NOT NULL DEFAULT 0,
    claim_renewals INTEGER NOT NULL DEFAULT 0,
    claim_agent    TEXT,
    claim_name     TEXT,
    claim_told     INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX calls_by_activity ON calls (last_received);
  CREATE INDEX calls_claimed ON calls (claim_agent) WHERE claim_agent IS NOT NULL;

  CREATE TABLE call_phones (
    phone TEXT NOT NULL,
    call  TEXT NOT NULL,
    PRIMARY KEY (phone, call)
  ) WITHOUT ROWID;

  CREATE TABLE agents (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    numbers    TEXT NOT NULL,
    queues     TEXT NOT NULL,
    role       TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    since      INTEGER NOT NULL,
    state      TEXT NOT NULL DEFAULT 'offline',
    connected  INTEGER NOT NULL DEFAULT 0
  );
  `,
  // the REST gateway's tables
  GATEWAY_SCHEMA,
  DELIVERIES_SCHEMA,
  RETENTION_SCHEMA,
  SIGHTINGS_SCHEMA,
  BODY_TOTAL_SCHEMA,
  // indexes for the gateway's lists and statistics
  GATEWAY_INDEXES,
  DELIVERY_TIMES_SCHEMA,
  KEY_OWNER_SCHEMA,
  // relays, and which agent's desk is connected to which
  `
  CREATE TABLE relays (id TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE seats (agent TEXT PRIMARY KEY, relay TEXT NOT NULL) WITHOUT ROWID;
  ALTER TABLE agents DROP COLUMN connected;
  `,
  // calling: attempts with receipts, do-not-call, consents
  ATTEMPTS_SCHEMA + dncSchema('BLOB') + CONSENTS_SCHEMA,
  INVITES_SCHEMA,
  FLOOR_SCHEMA,
  // whose seat it is, and who lost one; leases by the database's clock; whose an outcome on its way is
  `
  ALTER TABLE seats ADD COLUMN desk TEXT NOT NULL DEFAULT '';
  ALTER TABLE seats ADD COLUMN instance TEXT;
  CREATE TABLE evictions (
    relay   TEXT NOT NULL,
    agent   TEXT NOT NULL,
    desk    TEXT NOT NULL,
    doubted INTEGER NOT NULL,
    PRIMARY KEY (relay, agent, desk)
  ) WITHOUT ROWID;
  ALTER TABLE calls ADD COLUMN claim_until INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE disposition_writes ADD COLUMN owner TEXT;
  `,
  CRM_SCHEMA,
  LEADS_SCHEMA,
  LEAD_IMPORTS_SCHEMA,
  CALLBACKS_SCHEMA,
  CAMPAIGNS_SCHEMA,
  HOLD_ATTEMPT_SCHEMA,
  IMPORT_OWNER_SCHEMA,
  CAMPAIGN_HOURS_SCHEMA,
  LEAD_SEGMENTS_SCHEMA,
  CONFIRMED_BY_SCHEMA,
];

/**
 * Brings the schema up to date.
 * @param upTo the version to stop at, for tests of older ones
 * @throws when the file was written by a newer version
 */
export function migrate(database: SqliteDatabase, upTo = MIGRATIONS.length): void {
  const row = runSync(get<{ user_version: number }>('PRAGMA user_version'), database.execute);
  const current = row?.user_version ?? 0;
  if (current > MIGRATIONS.length) {
    throw new Error(
      `the database has schema ${current}, this version knows up to ${MIGRATIONS.length}: run a newer relay`,
    );
  }
  for (const [index, sql] of MIGRATIONS.slice(0, upTo).entries()) {
    if (index < current) continue;
    database.transaction(() => {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${index + 1}`);
    });
  }
}
