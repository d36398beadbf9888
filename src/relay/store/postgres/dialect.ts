/** What only PostgreSQL says this way. Several relays share the database. */
import { RELAY_LEASE_MS } from '../log';
import { get, nothing, run, together, type Dialect, type Work } from '../sql';

/** On which relays tell each other that there is something to read; the payload is the relay that tells. */
export const CHANNEL = 'handover_log';

const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/** Largest database whose tables are rewritten to scrub them: well under a second, in which webhooks wait. */
const REWRITE_UP_TO_BYTES = 64 * 1024 * 1024;
const HOLDING_PERSONS = [
  'events',
  'calls',
  'call_phones',
  'deliveries',
  'disposition_writes',
  'idempotency_keys',
  'dnc_entries',
  'consents',
  'dial_attempts',
  'crm_deliveries',
  'crm_choices',
  'leads',
  'lead_numbers',
  'lead_attempts',
  'lead_trail',
  'held_numbers',
  'callbacks',
  'lead_import_chunks',
  'lead_refusals',
];

/** A relay that has been silent for this many leases will not come back under its old name. */
const FORGET_AFTER_LEASES = 60;

interface PostgresDialect extends Dialect {
  /** The relay is alive. True: it does what is done once for all relays. */
  beat(relay: string): Work<boolean>;
  /**
   * Until the commit, a later transaction under this name waits for its turn. A commit whose standby is away is never
   * answered and keeps its connection for as long; those that came after it would else all end the same way, until the
   * server has no connections left.
   */
  oneAtATime(relay: string, n: number): Work<void>;
  /** The relay ends, and nobody is connected to it any more. */
  leave(relay: string): Work<void>;
}

function* beat(relay: string): Work<boolean> {
  const [, duty] = yield* together([
    {
      kind: 'run',
      sql: `INSERT INTO relays (id, until) VALUES (?, ${NOW} + ?) ON CONFLICT (id) DO UPDATE SET until = excluded.until`,
      values: [relay, RELAY_LEASE_MS],
    },
    {
      kind: 'get',
      sql: `INSERT INTO duty (one, relay, until) VALUES (1, ?, ${NOW} + ?)
            ON CONFLICT (one) DO UPDATE SET relay = excluded.relay, until = excluded.until
              WHERE duty.relay = excluded.relay OR duty.until < ${NOW} RETURNING relay`,
      values: [relay, RELAY_LEASE_MS],
    },
  ]);
  return duty !== undefined;
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
    for (const table of ['seats', 'evictions'])
      yield* run(`DELETE FROM ${table} WHERE relay NOT IN (SELECT id FROM relays)`);
    yield* beat(relay);
  },
  beat,
  *oneAtATime(relay, n) {
    yield* run('SELECT pg_advisory_xact_lock(hashtext(?), ?)', relay, n);
  },
  *leave(relay) {
    yield* run('DELETE FROM seats WHERE relay = ?', relay);
    yield* run('DELETE FROM relays WHERE id = ?', relay);
    yield* run('DELETE FROM evictions WHERE relay = ?', relay);
    yield* run('DELETE FROM duty WHERE relay = ?', relay);
  },
  *tellRelays(relay) {
    yield* run(`SELECT pg_notify('${CHANNEL}', ?)`, relay);
  },
  forUpdate: 'FOR UPDATE',
  *agentsChanged() {
    yield* run('UPDATE log_head SET agents = agents + 1');
  },
  // Deleted rows leave the files with `scrub`, and the server's write-ahead log as it moves on.
  eraseForGood: nothing,
  *scrub() {
    const used = yield* get<{ bytes: number }>('SELECT pg_database_size(current_database()) AS bytes');
    const full = (used?.bytes ?? 0) <= REWRITE_UP_TO_BYTES ? 'FULL' : '';
    // One at a time: a table that is rewritten is locked meanwhile.
    for (const table of HOLDING_PERSONS) yield* run(`VACUUM ${full} ${table}`);
  },
};
