/** The table of callbacks. */

/** One migration of the store's list. Never change it once released; add another. */
export const CALLBACKS_SCHEMA = `
  CREATE TABLE callbacks (
    id          TEXT PRIMARY KEY,
    source      TEXT UNIQUE,
    state       TEXT NOT NULL,
    at          INTEGER NOT NULL,
    zone        TEXT,
    wall_time   TEXT,
    remind_at   INTEGER NOT NULL,
    owner       TEXT,
    owner_name  TEXT,
    released    TEXT,
    name        TEXT,
    phone       TEXT NOT NULL,
    lead        INTEGER,
    list        INTEGER,
    call        TEXT,
    purpose     TEXT NOT NULL,
    note        TEXT,
    booked_by   TEXT NOT NULL,
    booked_name TEXT NOT NULL,
    booked_at   INTEGER NOT NULL,
    deferred    INTEGER NOT NULL,
    done_at     INTEGER,
    done_by     TEXT,
    done_name   TEXT
  );
  CREATE INDEX callbacks_open ON callbacks (owner, remind_at) WHERE state = 'open';
  CREATE INDEX callbacks_due ON callbacks (remind_at) WHERE state = 'open';
  CREATE INDEX callbacks_of_call ON callbacks (call) WHERE call IS NOT NULL;
  CREATE INDEX callbacks_of_lead ON callbacks (lead);
  CREATE INDEX callbacks_of_phone ON callbacks (phone);
`;
