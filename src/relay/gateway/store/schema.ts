/** The gateway's tables, one migration of the store's list. Never change it once released; add another. */
export const GATEWAY_SCHEMA = `
  CREATE TABLE idempotency_keys (
    agent       TEXT NOT NULL,
    key         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    state       TEXT NOT NULL,
    status      INTEGER,
    body        TEXT,
    expires     INTEGER NOT NULL,
    PRIMARY KEY (agent, key)
  ) WITHOUT ROWID;
  CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires);

  CREATE TABLE platform_capabilities (
    platform  TEXT NOT NULL,
    name      TEXT NOT NULL,
    supported INTEGER NOT NULL,
    learned   INTEGER NOT NULL,
    PRIMARY KEY (platform, name)
  ) WITHOUT ROWID;

  CREATE TABLE disposition_writes (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    call          TEXT NOT NULL,
    event         TEXT NOT NULL UNIQUE,
    agent         TEXT NOT NULL,
    fingerprint   TEXT NOT NULL,
    value         TEXT NOT NULL,
    notes         TEXT,
    callback_time TEXT,
    state         TEXT NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0,
    due           INTEGER NOT NULL,
    reason        TEXT,
    decided       INTEGER NOT NULL
  );
  CREATE INDEX disposition_writes_of_call ON disposition_writes (call, seq);
  CREATE INDEX disposition_writes_pending ON disposition_writes (call, seq) WHERE state = 'pending';

  CREATE TABLE gateway_marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

  CREATE TABLE transcript_jobs (
    call     TEXT NOT NULL,
    url      TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due      INTEGER NOT NULL,
    PRIMARY KEY (call, url)
  ) WITHOUT ROWID;

  CREATE INDEX events_of_relay ON events (received) WHERE source = '/relay';
`;

/** Whose doing an event of the relay is: claims name an agent, outcomes an agent's id, started calls their origin. */
export const ACTING_AGENT = `coalesce(json_extract(body, '$.data.agent.id'), json_extract(body, '$.data.agent'),
  json_extract(body, '$.data.origin.agent'))`;

/** The campaign that an event names. */
export const CAMPAIGN_OF_EVENT = `json_extract(body, '$.data.campaign')`;

/** Another migration: whose request a key is, so that a relay that died with it does not keep it for ever. */
export const KEY_OWNER_SCHEMA = 'ALTER TABLE idempotency_keys ADD COLUMN owner TEXT;';

/** Lists and statistics must not scan the log: they share their thread with webhooks that wait to be acknowledged. */
export const GATEWAY_INDEXES = `
  DROP INDEX events_of_relay;
  CREATE INDEX events_by_acting_agent ON events (${ACTING_AGENT}, received) WHERE source = '/relay';
  CREATE INDEX events_of_campaign ON events (${CAMPAIGN_OF_EVENT}, call) WHERE ${CAMPAIGN_OF_EVENT} IS NOT NULL;
`;
