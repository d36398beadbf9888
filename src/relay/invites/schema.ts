/** The table of invites. */

/** One migration of the store's list. Never change it once released; add another. */
export const INVITES_SCHEMA = `
  CREATE TABLE invites (
    code_hash  TEXT PRIMARY KEY,
    agent      TEXT NOT NULL UNIQUE,
    profile    TEXT NOT NULL,
    expires    BIGINT NOT NULL,
    token_hash TEXT
  );
`;
