/** Requests never to be called that were heard over a lead, until the relay has them. They hold on this desk from the start. */
import { dncScopeSchema } from '../../../shared/contract/dialling-policies';
import type { NewDnc } from '../../../shared/contract/dnc';
import type { Sqlite } from '../sqlite';

export interface NeverCall {
  /** Also the idempotency key. */
  id: string;
  lead: string;
  /** The opening of the lead that this ends. */
  hold: string;
  /** Every number it is about, E.164. */
  phones: string[];
  scope: NewDnc['scope'];
  /** With scope `seller`: which; null: the relay's own. */
  seller: string | null;
  verbatim: string | null;
  /** Epoch ms. */
  at: number;
  /** Who heard it, as `mode/agent`; null: that is not known. */
  owner: string | null;
}

interface Row extends Omit<NeverCall, 'phones' | 'scope'> {
  phones: string;
  scope: string;
}

export class NeverCallTable {
  constructor(private readonly database: Sqlite) {}

  /** @param digits of every number, as `do_not_call` keeps them */
  put({ id, lead, hold, phones, scope, seller, verbatim, at, owner }: NeverCall, digits: readonly string[]): void {
    this.database.run(
      `INSERT INTO never_call (id, lead, hold, phones, scope, seller, verbatim, at, owner)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
      ...[id, lead, hold, JSON.stringify(phones), scope, seller, verbatim, at, owner],
    );
    for (const one of digits) {
      this.database.run(
        'INSERT INTO do_not_call (digits, scope, outcome, call, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
        ...[one, scope, id, '', at],
      );
    }
  }

  /** The relay has it, or will never take it. */
  settle(id: string, at: number): void {
    this.database.run('UPDATE never_call SET sent_at = ? WHERE id = ?', at, id);
  }

  /**
   * Lifts what this desk itself blocks, where the relay had it and it was corrected there. What was asked since, or has not
   * reached the relay, stays. True: nothing is left of it.
   * @param corrected epoch ms of the latest correction
   */
  lift(digits: string, corrected: number): boolean {
    this.database.run(
      `DELETE FROM do_not_call WHERE digits = ? AND at <= ?
         AND NOT EXISTS (SELECT 1 FROM never_call WHERE never_call.id = do_not_call.outcome AND sent_at IS NULL)
         AND NOT EXISTS (SELECT 1 FROM outcomes WHERE outcomes.id = do_not_call.outcome
                           AND outcomes.state NOT IN ('sent', 'kept_by_relay'))`,
      ...[digits, corrected],
    );
    return this.database.get('SELECT 1 FROM do_not_call WHERE digits = ?', digits) === undefined;
  }

  /** Of every owner, oldest first. */
  unsent(): NeverCall[] {
    return this.database
      .all<Row>(
        `SELECT id, lead, hold, phones, scope, seller, verbatim, at, owner FROM never_call
         WHERE sent_at IS NULL ORDER BY at, id`,
      )
      .map((row) => ({
        ...row,
        phones: JSON.parse(row.phones) as string[],
        scope: dncScopeSchema.parse(row.scope),
      }));
  }
}
