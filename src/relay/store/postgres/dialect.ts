/** What only PostgreSQL says this way. Several relays share the database. */
import { RELAY_LEASE_MS } from '../log';
import { get, nothing, run, type Dialect, type Work } from '../sql';

const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/** A relay that has been silent for this many leases will not come back under its old name. */
const FORGET_AFTER_LEASES = 60;

interface PostgresDialect extends Dialect {
  /** The relay is alive. */
  beat(relay: string): Work<void>;
  /** The relay ends, and nobody is connected to it any more. */
  leave(relay: string): Work<void>;
}

function* beat(relay: string): Work<void> {
  yield* run(
    `INSERT INTO relays (id, until) VALUES (?, ${NOW} + ?) ON CONFLICT (id) DO UPDATE SET until = excluded.until`,
    relay,
    RELAY_LEASE_MS,
  );
}

export const postgresDialect: PostgresDialect = {
  now: NOW,
  actor: 'actor',
  campaign: 'campaign',
  type: 'type',
  eventColumns: ', type, actor, campaign, dnc',
  eventValues: ({ type, actor, campaign, dnc }) => [type, actor ?? null, campaign ?? null, dnc === true ? 1 : 0],
  headSql: 'SELECT head FROM log_head',
  contains: (column) => `strpos(${column}, ?) > 0`,
  /** Of the bodies with what is kept around each: files shrink late, and must not decide. */
  *usedBytes() {
    return (yield* get<{ bytes: number }>('SELECT bytes FROM log_head'))?.bytes ?? 0;
  },
  *enter(relay) {
    yield* run(`DELETE FROM relays WHERE until < ${NOW} - ?`, RELAY_LEASE_MS * FORGET_AFTER_LEASES);
    yield* run('DELETE FROM seats WHERE relay NOT IN (SELECT id FROM relays)');
    yield* beat(relay);
  },
  beat,
  *leave(relay) {
    yield* run('DELETE FROM seats WHERE relay = ?', relay);
    yield* run('DELETE FROM relays WHERE id = ?', relay);
  },
  *agentsChanged() {
    yield* run('UPDATE log_head SET agents = agents + 1');
  },
  // Deleted rows leave the files with `scrub`.
  eraseForGood: nothing,
  *scrub() {
    yield* run(
      'VACUUM events, calls, call_phones, deliveries, disposition_writes, idempotency_keys, dnc_entries, consents, dial_attempts',
    );
  },
};
