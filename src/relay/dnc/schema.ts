/**
 * The tables of do-not-call, one migration of the store's list. Never change it once released; add another.
 * @param bytes what the database calls a column of bytes
 */
export const dncSchema = (bytes: 'BLOB' | 'BYTEA'): string => `
  CREATE TABLE dnc_entries (
    id               TEXT PRIMARY KEY,
    phone_hash       TEXT,
    phone            TEXT,
    scope            TEXT NOT NULL,
    campaign         TEXT,
    list             TEXT,
    seller           TEXT,
    verbatim         TEXT,
    channel          TEXT NOT NULL,
    origin           TEXT NOT NULL,
    agent            TEXT,
    call             TEXT,
    requested        BIGINT NOT NULL,
    recorded         BIGINT NOT NULL,
    corrected        BIGINT,
    corrected_by     TEXT,
    corrected_reason TEXT
  );
  CREATE INDEX dnc_entries_of_phone ON dnc_entries (phone_hash);
  CREATE INDEX dnc_entries_by_time ON dnc_entries (recorded);
  CREATE INDEX dnc_entries_unplaced ON dnc_entries (recorded) WHERE phone_hash IS NULL;

  CREATE TABLE dnc_writes (
    entry    TEXT NOT NULL,
    platform TEXT NOT NULL,
    state    TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due      BIGINT NOT NULL,
    reason   TEXT,
    PRIMARY KEY (entry, platform)
  );
  CREATE INDEX dnc_writes_pending ON dnc_writes (due) WHERE state = 'pending';

  CREATE TABLE dnc_copies (
    copy        TEXT PRIMARY KEY,
    list        TEXT NOT NULL,
    date        BIGINT NOT NULL,
    imported    BIGINT NOT NULL,
    imported_by TEXT NOT NULL,
    numbers     BIGINT NOT NULL DEFAULT 0,
    refused     BIGINT NOT NULL DEFAULT 0,
    state       TEXT NOT NULL
  );

  CREATE TABLE dnc_blocks (
    copy    TEXT NOT NULL,
    prefix  BIGINT NOT NULL,
    count   INTEGER NOT NULL,
    numbers ${bytes} NOT NULL,
    PRIMARY KEY (copy, prefix)
  );
`;
