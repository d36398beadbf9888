/** The tables of deliveries. */

/** One migration of the store's list. Never change it once released; add another. */
export const DELIVERIES_SCHEMA = `
  CREATE TABLE deliveries (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    platform    TEXT NOT NULL,
    received    INTEGER NOT NULL,
    verdict     TEXT NOT NULL,
    status      INTEGER NOT NULL,
    duration_ms REAL,
    bytes       INTEGER NOT NULL,
    trust       TEXT,
    late        INTEGER NOT NULL DEFAULT 0,
    reason      TEXT,
    calls       TEXT NOT NULL DEFAULT '[]',
    sealed      BLOB
  );
  CREATE INDEX deliveries_by_verdict ON deliveries (verdict, id);
  CREATE INDEX deliveries_by_receipt ON deliveries (received);
`;

/** Another migration: how much room the bodies take, kept up to date so that no sweep has to add it up. */
export const BODY_TOTAL_SCHEMA = `
  CREATE TABLE body_total (one INTEGER PRIMARY KEY CHECK (one = 1), bytes INTEGER NOT NULL);
  CREATE INDEX deliveries_kept ON deliveries (verdict, id) WHERE sealed IS NOT NULL;
  INSERT INTO body_total SELECT 1, coalesce(sum(length(sealed)), 0) FROM deliveries;
  CREATE TRIGGER body_kept AFTER INSERT ON deliveries WHEN NEW.sealed IS NOT NULL
    BEGIN UPDATE body_total SET bytes = bytes + length(NEW.sealed); END;
  CREATE TRIGGER body_removed AFTER DELETE ON deliveries WHEN OLD.sealed IS NOT NULL
    BEGIN UPDATE body_total SET bytes = bytes - length(OLD.sealed); END;
  CREATE TRIGGER body_dropped AFTER UPDATE OF sealed ON deliveries WHEN OLD.sealed IS NOT NULL
    BEGIN UPDATE body_total SET bytes = bytes - length(OLD.sealed) + coalesce(length(NEW.sealed), 0); END;
`;

/**
 * Another migration: how long answers took, known only after the commit, in a table of its own. Writing it into the
 * delivery would write the page with its body a second time.
 */
export const DELIVERY_TIMES_SCHEMA = `
  CREATE TABLE delivery_times (id INTEGER PRIMARY KEY, ms REAL NOT NULL);
  CREATE TRIGGER time_removed AFTER DELETE ON deliveries
    BEGIN DELETE FROM delivery_times WHERE id = OLD.id; END;
`;
