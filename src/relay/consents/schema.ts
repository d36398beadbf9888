/** The table of consents, one migration of the store's list. Never change it once released; add another. */
export const CONSENTS_SCHEMA = `
  CREATE TABLE consents (
    id             TEXT PRIMARY KEY,
    phone_hash     TEXT NOT NULL,
    body           TEXT NOT NULL,
    given          BIGINT NOT NULL,
    revoked        BIGINT,
    revoked_by     TEXT,
    revoked_reason TEXT
  );
  CREATE INDEX consents_of_phone ON consents (phone_hash, given);
`;
