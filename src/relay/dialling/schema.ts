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

/** Another migration: who confirmed, and whose unclear attempts, JSON. */
export const CONFIRMED_BY_SCHEMA = `
  ALTER TABLE dial_attempts ADD COLUMN confirmed_by TEXT;
`;

/** Another migration: what campaigns made here are about, and where their people could be. */
export const CAMPAIGNS_SCHEMA = `
  CREATE TABLE made_campaigns (
    campaign TEXT PRIMARY KEY,
    purpose  TEXT NOT NULL,
    places   TEXT NOT NULL
  );
`;

/**
 * Another migration: campaigns are paused while the hours of their people's places are closed. `due`: when to look at one next;
 * those of before, and those that a relay of the version before makes, are looked at at once.
 */
export const CAMPAIGN_HOURS_SCHEMA = `
  ALTER TABLE made_campaigns ADD COLUMN ends BIGINT;
  ALTER TABLE made_campaigns ADD COLUMN paused_by TEXT;
  ALTER TABLE made_campaigns ADD COLUMN resumes BIGINT;
  ALTER TABLE made_campaigns ADD COLUMN due BIGINT DEFAULT 0;
  ALTER TABLE made_campaigns ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE made_campaigns ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX made_campaigns_due ON made_campaigns (due) WHERE due IS NOT NULL;
`;
