/** The tables of retention. */

/** One migration of the store's list. Never change it once released; add another. */
export const RETENTION_SCHEMA = `
  CREATE TABLE kept_ids (
    source   TEXT NOT NULL,
    id       TEXT NOT NULL,
    received INTEGER NOT NULL,
    PRIMARY KEY (source, id)
  ) WITHOUT ROWID;
  CREATE INDEX kept_ids_by_receipt ON kept_ids (received);
`;
