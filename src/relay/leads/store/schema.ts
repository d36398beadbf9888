/**
 * The tables of leads. What decides who is next stands in columns with an index each; what is only shown is JSON. No row of
 * another lane, another state or a later time is looked at to find the next lead.
 */

/** One migration of the store's list. Never change it once released; add another. */
export const LEADS_SCHEMA = `
  CREATE TABLE lead_lists (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    builtin    TEXT UNIQUE,
    settings   TEXT NOT NULL,
    priority   INTEGER NOT NULL,
    paused     INTEGER NOT NULL,
    screened   INTEGER NOT NULL,
    created    INTEGER NOT NULL,
    created_by TEXT NOT NULL
  );

  CREATE TABLE lead_ids (name TEXT PRIMARY KEY, last INTEGER NOT NULL);

  CREATE TABLE lead_places (id INTEGER PRIMARY KEY, place TEXT NOT NULL UNIQUE);

  CREATE TABLE lead_lanes (
    list         INTEGER NOT NULL,
    place        INTEGER NOT NULL,
    closed_until INTEGER NOT NULL,
    PRIMARY KEY (list, place)
  );

  CREATE TABLE lead_counts (
    list  INTEGER NOT NULL,
    place INTEGER NOT NULL,
    state TEXT NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (list, place, state)
  );

  CREATE TABLE leads (
    id           INTEGER PRIMARY KEY,
    list         INTEGER NOT NULL,
    place        INTEGER NOT NULL,
    phone        TEXT NOT NULL,
    name         TEXT,
    state        TEXT NOT NULL,
    priority     INTEGER NOT NULL,
    not_before   INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    callback     TEXT,
    blocked      TEXT,
    last_outcome TEXT,
    import       INTEGER,
    record       TEXT NOT NULL,
    created      INTEGER NOT NULL,
    UNIQUE (list, phone)
  );
  CREATE INDEX leads_ready ON leads (list, place, priority DESC, id) WHERE state = 'ready';
  CREATE INDEX leads_waking ON leads (list, not_before) WHERE state IN ('later', 'blocked') AND callback IS NULL;
  CREATE INDEX leads_staged ON leads (import, id) WHERE state = 'staged';
  CREATE INDEX leads_of_list ON leads (list, state, id);
  CREATE INDEX leads_of_phone ON leads (phone);

  CREATE TABLE lead_numbers (
    phone TEXT NOT NULL,
    lead  INTEGER NOT NULL,
    PRIMARY KEY (phone, lead)
  );
  CREATE INDEX lead_numbers_of_lead ON lead_numbers (lead);

  CREATE TABLE lead_passes (
    lead  INTEGER NOT NULL,
    agent TEXT NOT NULL,
    PRIMARY KEY (lead, agent)
  );

  CREATE TABLE lead_holds (
    id         TEXT PRIMARY KEY,
    lead       INTEGER NOT NULL UNIQUE,
    list       INTEGER NOT NULL,
    agent      TEXT NOT NULL,
    agent_name TEXT NOT NULL,
    since      INTEGER NOT NULL,
    renewed    INTEGER NOT NULL,
    renewals   INTEGER NOT NULL,
    phase      TEXT NOT NULL,
    why        TEXT NOT NULL,
    call       TEXT
  );
  CREATE INDEX lead_holds_of_agent ON lead_holds (agent, since);

  CREATE TABLE held_numbers (phone TEXT PRIMARY KEY, hold TEXT NOT NULL);
  CREATE INDEX held_numbers_of_hold ON held_numbers (hold);

  CREATE TABLE lead_attempts (
    id         TEXT PRIMARY KEY,
    lead       INTEGER NOT NULL,
    list       INTEGER NOT NULL,
    phone      TEXT NOT NULL,
    call       TEXT,
    at         INTEGER NOT NULL,
    agent      TEXT NOT NULL,
    agent_name TEXT NOT NULL,
    kind       TEXT NOT NULL,
    outcome    TEXT,
    value      TEXT
  );
  CREATE INDEX lead_attempts_of_lead ON lead_attempts (lead, at);
  CREATE INDEX lead_attempts_of_phone ON lead_attempts (phone, at);
  CREATE INDEX lead_attempts_of_call ON lead_attempts (call) WHERE call IS NOT NULL;

  CREATE TABLE lead_trail (
    lead        INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    verb        TEXT NOT NULL,
    agent       TEXT NOT NULL,
    agent_name  TEXT NOT NULL,
    hold        TEXT,
    fingerprint TEXT,
    reason      TEXT,
    note        TEXT,
    PRIMARY KEY (lead, n)
  );
`;

export const LEAD_IMPORTS_SCHEMA = `
  CREATE TABLE lead_imports (
    id       INTEGER PRIMARY KEY,
    state    TEXT NOT NULL,
    created  INTEGER NOT NULL,
    changed  INTEGER NOT NULL,
    list     INTEGER,
    job      TEXT NOT NULL,
    stored   INTEGER NOT NULL
  );
  CREATE INDEX lead_imports_open ON lead_imports (id) WHERE state NOT IN ('done', 'cancelled', 'failed');

  CREATE TABLE lead_import_chunks (
    import INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    bytes  BLOB NOT NULL,
    PRIMARY KEY (import, n)
  );

  CREATE TABLE lead_refusals (
    import  INTEGER NOT NULL,
    file_row INTEGER NOT NULL,
    problem TEXT NOT NULL,
    source  TEXT NOT NULL,
    PRIMARY KEY (import, file_row)
  );
`;

/** Another migration: which relay runs an import. */
export const IMPORT_OWNER_SCHEMA = 'ALTER TABLE lead_imports ADD COLUMN owner TEXT';

/** Another migration: in which attempt's call a lead is, of those that its agent made from it. */
export const HOLD_ATTEMPT_SCHEMA = `
  ALTER TABLE lead_holds ADD COLUMN attempt TEXT;
  UPDATE lead_holds SET attempt =
    (SELECT id FROM lead_attempts WHERE lead_attempts.lead = lead_holds.lead ORDER BY at DESC LIMIT 1)
  WHERE phase = 'calling';
`;

/**
 * Another migration: segments of lists. Within a segment a place has a number of its own, out of the same numbers: lanes and
 * counts go by number, and so are the segment's alone without knowing of it. A relay of the version before, which knows no
 * segments either, goes on moving and counting their leads.
 */
export const LEAD_SEGMENTS_SCHEMA = `
  CREATE TABLE lead_segments (
    id     INTEGER PRIMARY KEY,
    list   INTEGER NOT NULL,
    name   TEXT NOT NULL,
    paused INTEGER NOT NULL,
    UNIQUE (list, name)
  );
  CREATE TABLE lead_segment_places (
    id      INTEGER PRIMARY KEY,
    segment INTEGER NOT NULL,
    place   INTEGER NOT NULL,
    UNIQUE (segment, place)
  );
`;
