/** What only SQLite says this way. One relay has the file to itself. */
import { ACTING_AGENT, CAMPAIGN_OF_EVENT } from '../../gateway/store/schema';
import { get, nothing, run, type Dialect, type Work } from '../sql';

/** Largest database that is rewritten whole to scrub it: well under a second, in which webhooks wait. */
const REWRITE_UP_TO_BYTES = 64 * 1024 * 1024;

function* pragma(name: string): Work<number> {
  return Number(Object.values((yield* get(`PRAGMA ${name}`)) ?? {})[0] ?? 0);
}

/** Freed pages are used again and do not count. */
function* usedBytes(): Work<number> {
  return ((yield* pragma('page_count')) - (yield* pragma('freelist_count'))) * (yield* pragma('page_size'));
}

export const sqliteDialect: Dialect = {
  now: "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
  actor: ACTING_AGENT,
  campaign: CAMPAIGN_OF_EVENT,
  type: "json_extract(body, '$.type')",
  eventColumns: '',
  eventValues: () => [],
  headSql: "SELECT coalesce(max(seq), 0) AS head FROM sqlite_sequence WHERE name = 'events'",
  contains: (column) => `instr(${column}, ?) > 0`,
  usedBytes,
  *enter(relay) {
    yield* run('DELETE FROM seats WHERE relay <> ?', relay);
    yield* run('DELETE FROM relays WHERE id <> ?', relay);
    // Alive for as long as it has the file.
    yield* run('INSERT INTO relays (id, until) VALUES (?, ?) ON CONFLICT DO NOTHING', relay, Number.MAX_SAFE_INTEGER);
  },
  // There is no other relay to be told.
  agentsChanged: nothing,
  tellRelays: nothing,
  forUpdate: '',
  *eraseForGood(on) {
    // Overwrites what is deleted, instead of leaving it in free pages.
    yield* get(`PRAGMA secure_delete = ${on ? 'ON' : 'OFF'}`);
  },
  /**
   * Empties the write-ahead log, and rewrites a database that is small enough: copies that page splits left behind are
   * otherwise overwritten only as their pages are used again.
   */
  *scrub() {
    if ((yield* usedBytes()) <= REWRITE_UP_TO_BYTES) yield* get('VACUUM');
    yield* get('PRAGMA wal_checkpoint(TRUNCATE)');
  },
};
