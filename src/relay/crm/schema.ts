/** The tables of the CRM connectors, one migration of the store's list. Never change it once released; add another. */
export const CRM_SCHEMA = `
  CREATE TABLE crm_deliveries (
    id         TEXT PRIMARY KEY,
    connector  TEXT NOT NULL,
    call       TEXT NOT NULL,
    event      TEXT NOT NULL,
    agent      TEXT NOT NULL,
    value      TEXT NOT NULL,
    crm_value  TEXT,
    decision   TEXT NOT NULL,
    decided    BIGINT NOT NULL,
    created    BIGINT NOT NULL,
    revision   INTEGER NOT NULL DEFAULT 1,
    state      TEXT NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    due        BIGINT NOT NULL,
    delivered  BIGINT,
    reason     TEXT,
    candidates TEXT NOT NULL DEFAULT '[]',
    record     TEXT,
    log        TEXT,
    task       TEXT,
    told       TEXT
  );
  CREATE INDEX crm_deliveries_waiting ON crm_deliveries (due) WHERE state = 'waiting';
  CREATE INDEX crm_deliveries_by_time ON crm_deliveries (created);
  CREATE INDEX crm_deliveries_of_call ON crm_deliveries (call);

  CREATE TABLE crm_choices (
    connector  TEXT NOT NULL,
    phone_hash TEXT NOT NULL,
    record     TEXT NOT NULL,
    chosen_by  TEXT NOT NULL,
    chosen     BIGINT NOT NULL,
    PRIMARY KEY (connector, phone_hash)
  );
`;
