/** Consents in the database: the record as it was handed in, and its withdrawal beside it. */
import { consentSchema, type Consent } from '../../shared/contract/consents';
import { phoneHash } from '../dialling/phone-hash';
import { all, get, run, type Work } from '../store/sql';
import type { StoredConsent } from './port';

interface Row {
  body: string;
  revoked: number | null;
  revoked_by: string | null;
  revoked_reason: string | null;
}

function consentOf({ body, revoked, revoked_by, revoked_reason }: Row): Consent {
  const record: unknown = JSON.parse(body);
  const withdrawn =
    revoked === null
      ? {}
      : { revoked: { at: new Date(revoked).toISOString(), by: revoked_by, reason: revoked_reason } };
  return consentSchema.parse({ ...(record as object), ...withdrawn });
}

export class ConsentTable {
  *record(consents: readonly StoredConsent[]): Work<number> {
    let recorded = 0;
    for (const consent of consents) {
      const { changes } = yield* run(
        'INSERT INTO consents (id, phone_hash, body, given) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        ...[consent.id, phoneHash(consent.phone), JSON.stringify(consent), Date.parse(consent.given_at)],
      );
      recorded += changes;
    }
    return recorded;
  }

  *of(hash: string, limit: number, offset: number): Work<{ total: number; data: Consent[] }> {
    const counted = yield* get<{ n: number }>('SELECT count(*) AS n FROM consents WHERE phone_hash = ?', hash);
    const rows = yield* all<Row>(
      'SELECT * FROM consents WHERE phone_hash = ? ORDER BY given DESC, id LIMIT ? OFFSET ?',
      ...[hash, limit, offset],
    );
    return { total: counted?.n ?? 0, data: rows.map(consentOf) };
  }

  *revoke(id: string, by: string, reason: string, at: number): Work<Consent | null> {
    yield* run(
      'UPDATE consents SET revoked = ?, revoked_by = ?, revoked_reason = ? WHERE id = ? AND revoked IS NULL',
      ...[at, by, reason, id],
    );
    const row = yield* get<Row>('SELECT * FROM consents WHERE id = ?', id);
    return row === undefined ? null : consentOf(row);
  }

  /** Evidence of a person who wants to be forgotten leaves with them; without it nobody may call them. */
  *forget(hashes: readonly string[]): Work<void> {
    for (const hash of hashes) yield* run('DELETE FROM consents WHERE phone_hash = ?', hash);
  }
}
