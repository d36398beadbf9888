/** Attempts to call with their receipts, one migration of the store's list. Never change it once released; add another. */
export const ATTEMPTS_SCHEMA = `
  CREATE TABLE dial_attempts (
    id         TEXT PRIMARY KEY,
    agent      TEXT NOT NULL,
    phone_hash TEXT NOT NULL,
    at         BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    platform   TEXT NOT NULL,
    campaign   TEXT,
    list       TEXT,
    lead       TEXT,
    state      TEXT NOT NULL,
    call       TEXT,
    dialling   TEXT,
    confirmed  INTEGER NOT NULL,
    receipt    TEXT,
    person     TEXT,
    looks      INTEGER NOT NULL DEFAULT 0,
    due        BIGINT
  );
  CREATE INDEX dial_attempts_of_phone ON dial_attempts (phone_hash, at);
  CREATE INDEX dial_attempts_of_agent ON dial_attempts (agent, at);
  CREATE INDEX dial_attempts_of_call ON dial_attempts (call) WHERE call IS NOT NULL;
  CREATE INDEX dial_attempts_watched ON dial_attempts (due) WHERE due IS NOT NULL;
`;

/** Another migration: what campaigns made here are about, and where their people could be. */
export const CAMPAIGNS_SCHEMA = `
  CREATE TABLE made_campaigns (
    campaign TEXT PRIMARY KEY,
    purpose  TEXT NOT NULL,
    places   TEXT NOT NULL
  );
`;
