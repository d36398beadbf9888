/**
 * Numbered migrations of the journal, applied in order, each in a transaction of its own together with its number: a
 * kill in the middle leaves the previous version. Never change one that was released; add the next.
 */
import type { Sqlite } from './sqlite';

export const MIGRATIONS: readonly string[] = [
  // 1: drafts, outcomes and their way to the relay, wrap-ups, local do-not-call
  `
  CREATE TABLE drafts (
    call TEXT PRIMARY KEY,
    rev  INTEGER NOT NULL,
    form TEXT NOT NULL,
    at   INTEGER NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE outcomes (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    key         TEXT NOT NULL,
    call        TEXT NOT NULL,
    value       TEXT NOT NULL,
    decision    TEXT NOT NULL,
    proposal    TEXT,
    decided_at  INTEGER NOT NULL,
    state       TEXT NOT NULL,
    why         TEXT,
    detail      TEXT,
    conflict    TEXT,
    attempts    INTEGER NOT NULL DEFAULT 0,
    failures    INTEGER NOT NULL DEFAULT 0,
    tried_at    INTEGER NOT NULL DEFAULT 0,
    next_try_at INTEGER NOT NULL DEFAULT 0,
    settled_at  INTEGER,
    platform    TEXT
  );
  CREATE INDEX outcomes_of_call ON outcomes (call, seq);
  CREATE INDEX outcomes_by_time ON outcomes (decided_at);
  CREATE INDEX outcomes_pending ON outcomes (call, seq) WHERE state IN ('saved', 'waiting');
  CREATE INDEX outcomes_turn ON outcomes (tried_at, seq) WHERE state IN ('saved', 'waiting');
  CREATE INDEX outcomes_at_platform ON outcomes (next_try_at) WHERE state = 'kept_by_relay' AND platform = 'pending';
  CREATE INDEX outcomes_refused ON outcomes (seq) WHERE state = 'refused';

  CREATE TABLE do_not_call (
    digits  TEXT NOT NULL,
    scope   TEXT NOT NULL,
    outcome TEXT NOT NULL,
    call    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (digits, outcome)
  ) WITHOUT ROWID;

  CREATE TABLE wrap_ups (
    call       TEXT PRIMARY KEY,
    entered_at INTEGER NOT NULL,
    ends_at    INTEGER,
    extensions INTEGER NOT NULL DEFAULT 0,
    saved_at   INTEGER,
    left_at    INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX wrap_ups_open ON wrap_ups (entered_at) WHERE left_at IS NULL;
  `,
  // 2: history with full-text search. The index holds folded text only; what is shown comes from the call itself.
  `
  CREATE TABLE calls (
    id                INTEGER PRIMARY KEY,
    call              TEXT NOT NULL UNIQUE,
    at                INTEGER NOT NULL,
    ended_at          INTEGER,
    kind              TEXT NOT NULL,
    name              TEXT,
    phone             TEXT,
    digits            TEXT NOT NULL,
    platform          TEXT NOT NULL,
    campaign          TEXT,
    direction         TEXT,
    trigger           TEXT NOT NULL,
    duration_s        REAL,
    ai_disposition    TEXT,
    agent_disposition TEXT,
    test              INTEGER NOT NULL,
    painted_at        INTEGER,
    claimed_at        INTEGER,
    snapshot          TEXT NOT NULL
  );
  CREATE INDEX calls_by_time ON calls (at DESC, id DESC);
  CREATE INDEX calls_claimed ON calls (claimed_at) WHERE claimed_at IS NOT NULL;
  CREATE VIRTUAL TABLE call_text USING fts5 (
    who, summary, notes, said,
    content = '', contentless_delete = 1, prefix = '2 3',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
  );
  `,
  // 3: calls this desk asked for, requests never to call heard over a lead, callbacks as last heard of
  `
  CREATE TABLE dials (
    id     TEXT PRIMARY KEY,
    phone  TEXT NOT NULL,
    name   TEXT,
    lead   TEXT,
    body   TEXT NOT NULL,
    at     INTEGER NOT NULL,
    state  TEXT NOT NULL,
    reason TEXT,
    call   TEXT
  ) WITHOUT ROWID;
  CREATE INDEX dials_open ON dials (at, id) WHERE state <> 'done';

  CREATE TABLE never_call (
    id       TEXT PRIMARY KEY,
    lead     TEXT NOT NULL,
    hold     TEXT NOT NULL,
    phones   TEXT NOT NULL,
    scope    TEXT NOT NULL,
    verbatim TEXT,
    at       INTEGER NOT NULL,
    sent_at  INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX never_call_unsent ON never_call (at, id) WHERE sent_at IS NULL;

  CREATE TABLE callbacks (
    agent TEXT PRIMARY KEY,
    rows  TEXT NOT NULL,
    at    INTEGER NOT NULL
  ) WITHOUT ROWID;
  `,
  // 4: what the agent's decision says was promised or paid: digits as text, and the currency
  `
  ALTER TABLE calls ADD COLUMN amount TEXT;
  ALTER TABLE calls ADD COLUMN currency TEXT;
  `,
  // 5: whose outcomes and wrap-ups they are; null: of whoever is signed in, as all of them were before
  `
  ALTER TABLE outcomes ADD COLUMN owner TEXT;
  ALTER TABLE wrap_ups ADD COLUMN owner TEXT;
  `,
  // 6: the same of calls asked for and of requests never to be called; and which seller such a request was about
  `
  ALTER TABLE dials ADD COLUMN owner TEXT;
  ALTER TABLE never_call ADD COLUMN owner TEXT;
  ALTER TABLE never_call ADD COLUMN seller TEXT;
  `,
];

/** The file was written by a newer version of the desk. */
export class NewerSchema extends Error {
  constructor(readonly found: number) {
    super(`the journal has schema ${found}, this version knows up to ${MIGRATIONS.length}`);
    this.name = 'NewerSchema';
  }
}

/** Brings the schema up to date, or only up to version `to`. @throws NewerSchema */
export function migrate(database: Sqlite, to = MIGRATIONS.length): void {
  const current = database.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
  if (current > MIGRATIONS.length) throw new NewerSchema(current);
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < current || index >= to) continue;
    database.transaction(() => {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${index + 1}`);
    });
  }
}
