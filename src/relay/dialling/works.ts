/** What dialling can ask of the database; merged into the store's table of works. */
import { z } from 'zod';
import { e164Schema } from '../../shared/contract/phone';
import { TIMER_REASON } from '../../shared/lib/lead-reasons';
import { ConsentTable } from '../consents/table';
import { EntryTable } from '../dnc/entries-table';
import { RegisterTable } from '../dnc/registers-table';
import { STOP_BEARING, STOPS_MARK } from '../dnc/marks';
import { JobTables } from '../gateway/store/jobs';
import { KeyTable } from '../gateway/store/keys';
import { beginAttempt as beginLeadAttempt } from '../leads/store/attempts';
import type { Log } from '../store/log';
import type { NewEvent } from '../store/port';
import { get, type Work } from '../store/sql';
import { AttemptTable } from './attempts-table';
import { CampaignTable } from './campaigns-table';
import type { Begun, CampaignLook, DialFacts, KeptCampaign, NewAttempt, WatchEnd } from './port';

const dialledSchema = z.object({ phone: e164Schema });

/** Consents and stops of one number that a check looks at. */
const MAX_RECORDS = 100;

/** Changes with every attempt, consent, withdrawal, stop and correction of the number. */
function* revisionOf(hash: string): Work<string> {
  const attempts = yield* get<{ n: number; made: number }>(
    `SELECT count(*) AS n, count(CASE WHEN state <> 'not_made' THEN 1 END) AS made FROM dial_attempts WHERE phone_hash = ?`,
    hash,
  );
  const entries = yield* get<{ n: number; corrected: number }>(
    'SELECT count(*) AS n, count(corrected) AS corrected FROM dnc_entries WHERE phone_hash = ?',
    hash,
  );
  const consents = yield* get<{ n: number; revoked: number }>(
    'SELECT count(*) AS n, count(revoked) AS revoked FROM consents WHERE phone_hash = ?',
    hash,
  );
  const counts = [attempts?.n, attempts?.made, entries?.n, entries?.corrected, consents?.n, consents?.revoked];
  return counts.map(Number).join('.');
}

/** A call that is made from a lead keeps the lead in its agent's hands. False: it left them meanwhile. */
function* fromLead({ id, agent, lead, person, kind, trigger, at }: NewAttempt): Work<boolean> {
  if (lead === undefined) return true;
  const { phone } = dialledSchema.parse(JSON.parse(person));
  const reason = trigger === 'auto_dial' ? TIMER_REASON : null;
  return yield* beginLeadAttempt({ id, agent, lead: Number(lead), phone, kind, at, reason });
}

/**
 * Whether the log holds what may be a stop and is not in the own list yet: appended by another relay, or by this one since the
 * check. What is then said of the number may be out of date.
 */
function* hasUnreadStops(log: Pick<Log, 'dialect'>, marks: JobTables): Work<boolean> {
  const readUpTo = (yield* marks.mark(STOPS_MARK)) ?? 0;
  const types = STOP_BEARING.map((type) => `'${type}'`).join(', ');
  return (
    (yield* get(`SELECT 1 FROM events WHERE "offset" > ? AND ${log.dialect.type} IN (${types}) LIMIT 1`, readUpTo)) !==
    undefined
  );
}

export function dialWorks(log: Log) {
  const keys = new KeyTable(log);
  const attempts = new AttemptTable();
  const consents = new ConsentTable();
  const entries = new EntryTable();
  const registers = new RegisterTable();
  const campaigns = new CampaignTable();
  const marks = new JobTables();
  function* takeBack({ id }: NewAttempt, reason: 'taken' | 'not_held'): Work<Begun> {
    yield* attempts.end(id, { state: 'not_made' }, null);
    return { ok: false, reason };
  }
  return {
    writes: {
      *beginAttempt(attempt: NewAttempt): Work<Begun> {
        // The platform is asked again with the same key, which makes no second call there.
        const isRepeat = yield* attempts.isSending(attempt.id);
        if (!isRepeat) {
          if (yield* hasUnreadStops(log, marks)) return { ok: false, reason: 'changed' };
          const begun = yield* attempts.begin(attempt, yield* revisionOf(attempt.phoneHash));
          if (!begun.ok) return begun;
          if (!(yield* fromLead(attempt))) return yield* takeBack(attempt, 'not_held');
        }
        if (yield* keys.markSending(attempt.agent, attempt.key)) {
          return { ok: true, ...(yield* attempts.confirmation(attempt.id)) };
        }
        return yield* takeBack(attempt, 'taken');
      },
      *endWatch(end: WatchEnd, events: NewEvent[]): Work<void> {
        for (const event of events) yield* log.append(event);
        yield* attempts.endWatch(end);
      },
      keepCampaign: (campaign: KeptCampaign, due: number) => campaigns.keep(campaign, due),
      markCampaign: (campaign: string, pausedBy: 'person' | null, due: number) =>
        campaigns.mark(campaign, pausedBy, due),
      endCampaignLook: (look: CampaignLook) => campaigns.endLook(look),
    },
    reads: {
      *dialFacts(hash: string, digits: string, since: number): Work<DialFacts> {
        return {
          attempts: yield* attempts.of(hash, since),
          consents: (yield* consents.of(hash, MAX_RECORDS, 0)).data,
          entries: (yield* entries.list(hash, MAX_RECORDS, 0)).data,
          registers: yield* registers.lookUp(digits),
          revision: yield* revisionOf(hash),
        };
      },
      receiptOf: (call: string) => attempts.receipt(call),
      isAttempted: (call: string) => attempts.isAttempted(call),
      dueWatches: (now: number, limit: number) => attempts.dueWatches(now, limit),
      dialsUnderWay: (agent: string, now: number) => attempts.underWay(agent, now),
      keptCampaign: (campaign: string) => campaigns.kept(campaign),
      dueCampaigns: (now: number, limit: number) => campaigns.due(now, limit),
      nextCampaignDue: () => campaigns.nextDue(),
      campaignPauses: () => campaigns.pauses(),
      allDialsUnderWay: (now: number) => attempts.allUnderWay(now),
      nextWatchDue: () => attempts.nextWatchDue(),
    },
  };
}
