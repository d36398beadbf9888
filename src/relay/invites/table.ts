/** Invites in the database. */
import type { Log } from '../store/log';
import { get, run, type Work } from '../store/sql';
import type { InvitedAgent, NewInviteRecord } from './port';

interface InviteRow {
  profile: string;
  expires: number;
  token_hash: string | null;
}

export class InviteTable {
  constructor(private readonly log: Pick<Log, 'putAgent'>) {}

  *put({ codeHash, agent, expires }: NewInviteRecord, now: number): Work<void> {
    yield* run('DELETE FROM invites WHERE agent = ? OR expires <= ?', agent.id, now);
    yield* run(
      'INSERT INTO invites (code_hash, agent, profile, expires) VALUES (?, ?, ?, ?)',
      codeHash,
      agent.id,
      JSON.stringify(agent),
      expires,
    );
  }

  *redeem(codeHash: string, tokenHash: string, now: number): Work<InvitedAgent | null> {
    const row = yield* get<InviteRow>('SELECT profile, expires, token_hash FROM invites WHERE code_hash = ?', codeHash);
    if (row === undefined || row.expires <= now) return null;
    const agent = JSON.parse(row.profile) as InvitedAgent;
    if (row.token_hash !== null) return row.token_hash === tokenHash ? agent : null;
    const { changes } = yield* run(
      'UPDATE invites SET token_hash = ? WHERE code_hash = ? AND token_hash IS NULL',
      tokenHash,
      codeHash,
    );
    // Another relay took it between the two statements.
    if (changes === 0) return null;
    yield* this.log.putAgent(agent, tokenHash);
    return agent;
  }

  /** Whoever is removed is not invited any more either. */
  *void(agent: string): Work<void> {
    yield* run('DELETE FROM invites WHERE agent = ?', agent);
  }
}
