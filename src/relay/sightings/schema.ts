/** The tables of sightings. */

/** One migration of the store's list. Never change it once released; add another. */
export const SIGHTINGS_SCHEMA = `
  ALTER TABLE calls ADD COLUMN escalated INTEGER;
  CREATE TABLE sightings (
    call      TEXT NOT NULL,
    agent     TEXT NOT NULL,
    escalated INTEGER NOT NULL,
    painted   INTEGER NOT NULL,
    seen      INTEGER,
    PRIMARY KEY (call, agent, escalated)
  ) WITHOUT ROWID;
  CREATE INDEX sightings_of_agent ON sightings (agent, painted);
`;
