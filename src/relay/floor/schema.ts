/** What the floor view needs beside the other rooms' tables. */

/**
 * One migration of the store's list. Never change it once released; add another. `state_since`: when the agent's state last
 * changed; `seats.since`: when the desk came. `test`: some event of the call was a test, which counts in no statistics.
 */
export const FLOOR_SCHEMA = `
  ALTER TABLE agents ADD COLUMN state_since BIGINT;
  ALTER TABLE seats ADD COLUMN since BIGINT;
  ALTER TABLE calls ADD COLUMN test INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX sightings_by_time ON sightings (painted);
`;
