/** The tables of the first release on PostgreSQL, one migration. Never change it once released; add another. */
export const FIRST_SCHEMA = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

  -- One row. Whoever writes to the log locks it first (docs/adr/0004-one-writer-at-a-time.md).
  CREATE TABLE log_head (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    head   BIGINT NOT NULL,
    bytes  BIGINT NOT NULL,
    agents BIGINT NOT NULL
  );
  INSERT INTO log_head (one, head, bytes, agents) VALUES (1, 0, 0, 0);

  CREATE TABLE relays (id TEXT PRIMARY KEY, until BIGINT NOT NULL);

  CREATE TABLE events (
    "offset"   BIGINT PRIMARY KEY,
    source     TEXT NOT NULL,
    id         TEXT NOT NULL,
    call       TEXT,
    received   BIGINT NOT NULL,
    audience   TEXT NOT NULL,
    moved_from TEXT,
    type       TEXT NOT NULL,
    actor      TEXT,
    campaign   TEXT,
    dnc        INTEGER NOT NULL,
    body       TEXT NOT NULL,
    UNIQUE (source, id)
  );
  CREATE INDEX events_of_call ON events (call, "offset") WHERE call IS NOT NULL;
  CREATE INDEX events_by_acting_agent ON events (actor, received) WHERE source = '/relay';
  CREATE INDEX events_of_campaign ON events (campaign, call) WHERE campaign IS NOT NULL;

  CREATE FUNCTION events_removed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE log_head SET bytes = greatest(0, bytes - (SELECT coalesce(sum(octet_length(body) + 512), 0) FROM gone));
      RETURN NULL;
    END $$;
  CREATE TRIGGER events_removed AFTER DELETE ON events
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION events_removed();

  CREATE TABLE kept_ids (
    source   TEXT NOT NULL,
    id       TEXT NOT NULL,
    received BIGINT NOT NULL,
    PRIMARY KEY (source, id)
  );
  CREATE INDEX kept_ids_by_receipt ON kept_ids (received);

  CREATE TABLE reach (
    key      TEXT NOT NULL,
    "offset" BIGINT NOT NULL,
    PRIMARY KEY (key, "offset")
  );

  CREATE TABLE calls (
    call           TEXT PRIMARY KEY,
    audience       TEXT NOT NULL,
    rank           TEXT NOT NULL,
    origin         TEXT,
    routed_at      TEXT,
    last_offset    BIGINT NOT NULL,
    last_received  BIGINT NOT NULL,
    ended          INTEGER NOT NULL DEFAULT 0,
    escalated      BIGINT,
    claim_seq      INTEGER NOT NULL DEFAULT 0,
    claim_renewals INTEGER NOT NULL DEFAULT 0,
    claim_agent    TEXT,
    claim_name     TEXT,
    claim_told     BIGINT NOT NULL DEFAULT 0,
    claim_until    BIGINT NOT NULL DEFAULT 0
  );
  CREATE INDEX calls_by_activity ON calls (last_received);
  CREATE INDEX calls_claimed ON calls (claim_agent) WHERE claim_agent IS NOT NULL;

  CREATE TABLE call_phones (
    phone TEXT NOT NULL,
    call  TEXT NOT NULL,
    PRIMARY KEY (phone, call)
  );
  CREATE INDEX call_phones_of_call ON call_phones (call);

  CREATE TABLE agents (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    numbers    TEXT NOT NULL,
    queues     TEXT NOT NULL,
    role       TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    since      BIGINT NOT NULL,
    state      TEXT NOT NULL DEFAULT 'offline'
  );

  CREATE TABLE seats (agent TEXT PRIMARY KEY, relay TEXT NOT NULL, desk TEXT NOT NULL, instance TEXT);
  CREATE INDEX seats_of_relay ON seats (relay);
  CREATE TABLE evictions (
    relay   TEXT NOT NULL,
    agent   TEXT NOT NULL,
    desk    TEXT NOT NULL,
    doubted INTEGER NOT NULL,
    PRIMARY KEY (relay, agent, desk)
  );

  -- One row: the relay that does what is done once for all of them.
  CREATE TABLE duty (one INTEGER PRIMARY KEY CHECK (one = 1), relay TEXT NOT NULL, until BIGINT NOT NULL);

  CREATE TABLE idempotency_keys (
    agent       TEXT NOT NULL,
    key         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    state       TEXT NOT NULL,
    status      INTEGER,
    body        TEXT,
    expires     BIGINT NOT NULL,
    owner       TEXT,
    PRIMARY KEY (agent, key)
  );
  CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires);

  CREATE TABLE platform_capabilities (
    platform  TEXT NOT NULL,
    name      TEXT NOT NULL,
    supported INTEGER NOT NULL,
    learned   BIGINT NOT NULL,
    PRIMARY KEY (platform, name)
  );

  CREATE TABLE disposition_writes (
    seq           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    call          TEXT NOT NULL,
    event         TEXT NOT NULL UNIQUE,
    agent         TEXT NOT NULL,
    fingerprint   TEXT NOT NULL,
    value         TEXT NOT NULL,
    notes         TEXT,
    callback_time TEXT,
    state         TEXT NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0,
    due           BIGINT NOT NULL,
    reason        TEXT,
    decided       BIGINT NOT NULL,
    owner         TEXT
  );
  CREATE INDEX disposition_writes_of_call ON disposition_writes (call, seq);
  CREATE INDEX disposition_writes_pending ON disposition_writes (call, seq) WHERE state = 'pending';

  CREATE TABLE gateway_marks (name TEXT PRIMARY KEY, value BIGINT NOT NULL);

  CREATE TABLE transcript_jobs (
    call     TEXT NOT NULL,
    url      TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due      BIGINT NOT NULL,
    PRIMARY KEY (call, url)
  );

  CREATE TABLE deliveries (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    platform    TEXT NOT NULL,
    received    BIGINT NOT NULL,
    verdict     TEXT NOT NULL,
    status      INTEGER NOT NULL,
    duration_ms DOUBLE PRECISION,
    bytes       INTEGER NOT NULL,
    trust       TEXT,
    late        INTEGER NOT NULL DEFAULT 0,
    reason      TEXT,
    calls       TEXT NOT NULL DEFAULT '[]',
    sealed      BYTEA
  );
  -- Encrypted: trying to compress it costs time and saves nothing.
  ALTER TABLE deliveries ALTER COLUMN sealed SET STORAGE EXTERNAL;
  CREATE INDEX deliveries_by_verdict ON deliveries (verdict, id);
  CREATE INDEX deliveries_by_receipt ON deliveries (received);
  CREATE INDEX deliveries_kept ON deliveries (verdict, id) WHERE sealed IS NOT NULL;

  CREATE TABLE delivery_times (id BIGINT PRIMARY KEY, ms DOUBLE PRECISION NOT NULL);
  CREATE TABLE body_total (one INTEGER PRIMARY KEY CHECK (one = 1), bytes BIGINT NOT NULL);
  INSERT INTO body_total (one, bytes) VALUES (1, 0);

  CREATE FUNCTION bodies_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      change BIGINT := 0;
    BEGIN
      IF TG_OP <> 'DELETE' THEN
        change := change + (SELECT coalesce(sum(octet_length(sealed)), 0) FROM after);
      END IF;
      IF TG_OP <> 'INSERT' THEN
        change := change - (SELECT coalesce(sum(octet_length(sealed)), 0) FROM before);
      END IF;
      IF TG_OP = 'DELETE' THEN
        DELETE FROM delivery_times WHERE id IN (SELECT id FROM before);
      END IF;
      IF change <> 0 THEN
        UPDATE body_total SET bytes = bytes + change;
      END IF;
      RETURN NULL;
    END $$;
  CREATE TRIGGER body_kept AFTER INSERT ON deliveries
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION bodies_changed();
  CREATE TRIGGER body_dropped AFTER UPDATE ON deliveries
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION bodies_changed();
  CREATE TRIGGER body_removed AFTER DELETE ON deliveries
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION bodies_changed();

  CREATE TABLE sightings (
    call      TEXT NOT NULL,
    agent     TEXT NOT NULL,
    escalated BIGINT NOT NULL,
    painted   BIGINT NOT NULL,
    seen      BIGINT,
    PRIMARY KEY (call, agent, escalated)
  );
  CREATE INDEX sightings_of_agent ON sightings (agent, painted);
`;
