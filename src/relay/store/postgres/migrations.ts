/**
 * Numbered migrations, applied in order, each in a transaction of its own together with its number. Relays that start at
 * once take turns; one that finds the work done does nothing. A relay of the version before goes on working meanwhile: a
 * migration adds, and takes away only what the version before no longer uses.
 */
import { CONSENTS_SCHEMA } from '../../consents/schema';
import { CRM_SCHEMA } from '../../crm/schema';
import { ATTEMPTS_SCHEMA, CAMPAIGN_HOURS_SCHEMA, CAMPAIGNS_SCHEMA, CONFIRMED_BY_SCHEMA } from '../../dialling/schema';
import { dncSchema } from '../../dnc/schema';
import type { DatabaseAddress } from './address';
import { FLOOR_SCHEMA } from '../../floor/schema';
import { INVITES_SCHEMA } from '../../invites/schema';
import { CALLBACKS_SCHEMA } from '../../callbacks/schema';
import {
  HOLD_ATTEMPT_SCHEMA,
  IMPORT_OWNER_SCHEMA,
  LEAD_IMPORTS_SCHEMA,
  LEAD_SEGMENTS_SCHEMA,
  LEADS_SCHEMA,
} from '../../leads/store/schema';
import { FIRST_SCHEMA } from './schema';
import { Session } from './session';

/** A schema whose types are SQLite's: its integers have 64 bits. */
const inPostgres = (schema: string) => schema.replaceAll('INTEGER', 'BIGINT').replaceAll('BLOB', 'BYTEA');

export const MIGRATIONS: readonly string[] = [
  FIRST_SCHEMA,
  // calling: attempts with receipts, do-not-call, consents
  ATTEMPTS_SCHEMA + dncSchema('BYTEA') + CONSENTS_SCHEMA,
  INVITES_SCHEMA,
  FLOOR_SCHEMA,
  CRM_SCHEMA,
  // the preview dialer
  [LEADS_SCHEMA, LEAD_IMPORTS_SCHEMA, CALLBACKS_SCHEMA].map(inPostgres).join('\n'),
  CAMPAIGNS_SCHEMA,
  HOLD_ATTEMPT_SCHEMA,
  IMPORT_OWNER_SCHEMA,
  CAMPAIGN_HOURS_SCHEMA,
  inPostgres(LEAD_SEGMENTS_SCHEMA),
  CONFIRMED_BY_SCHEMA,
];

/** Names the advisory lock of all relays that migrate; any number that nobody else in the database uses. */
const MIGRATION_LOCK = 4_806_201_126;
/** Another relay may be rewriting a large table. */
const PATIENCE_MS = 600_000;

/**
 * Brings the schema up to date.
 * @param upTo the version to stop at, for tests of older ones
 * @throws when the database was written by a newer version
 */
export async function migrate(address: DatabaseAddress, upTo = MIGRATIONS.length): Promise<void> {
  const session = await Session.open(address, { patienceMs: PATIENCE_MS });
  try {
    // Until the session ends.
    await session.command(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
    const current = await versionOf(session);
    if (current > MIGRATIONS.length) {
      throw new Error(
        `the database has schema ${current}, this version knows up to ${MIGRATIONS.length}: run a newer relay`,
      );
    }
    for (const [index, sql] of MIGRATIONS.slice(0, upTo).entries()) {
      if (index < current) continue;
      // One message of several statements is one transaction.
      await session.command(`${sql};
        CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL);
        DELETE FROM schema_version;
        INSERT INTO schema_version (version) VALUES (${index + 1})`);
    }
  } finally {
    await session.close();
  }
}

async function versionOf(session: Session): Promise<number> {
  const [table] = await session.command<{ known: boolean }>(
    `SELECT to_regclass('schema_version') IS NOT NULL AS known`,
  );
  if (table?.known !== true) return 0;
  const [row] = await session.command<{ version: number }>('SELECT version FROM schema_version');
  return row?.version ?? 0;
}
