/** What the gateway can ask of the database; merged into the store's own table of works. */
import type { Viewer } from '../../routing/audience';
import type { Log } from '../../store/log';
import type { NewEvent } from '../../store/port';
import type { Work } from '../../store/sql';
import type {
  CallsFilter,
  Capability,
  DispositionRequest,
  KeyEnd,
  KeyRequest,
  MadeCall,
  TranscriptJob,
  WriteEnd,
} from '../store-port';
import { AttemptTable } from '../../dialling/attempts-table';
import { JobTables } from './jobs';
import { KeyTable } from './keys';
import { LogReads } from './reads';
import { WriteTable } from './writes';

export function gatewayWorks(log: Log) {
  const keys = new KeyTable(log);
  const jobs = new JobTables();
  const writes = new WriteTable(log);
  const reads = new LogReads(log);
  const attempts = new AttemptTable();
  function* endKey(agent: string, key: string, end: KeyEnd, events: NewEvent[], attempt?: MadeCall): Work<void> {
    for (const event of events) yield* log.append(event);
    yield* keys.end(agent, key, end);
    if (attempt !== undefined) yield* attempts.end(attempt.id, attempt.became, attempt.watch ?? null);
  }
  return {
    writes: {
      beginKey: (request: KeyRequest) => keys.begin(request),
      markKeySending: (agent: string, key: string) => keys.markSending(agent, key),
      endKey,
      putCapability: (capability: Capability) => jobs.putCapability(capability),
      recordDisposition: (request: DispositionRequest) => writes.record(request),
      takeDueWrites: (now: number, limit: number) => writes.takeDue(now, limit),
      endWrite: (end: WriteEnd) => writes.end(end),
      putMark: (name: string, value: number) => jobs.putMark(name, value),
      queueTranscripts: (list: TranscriptJob[], readUpTo: number) => jobs.queueTranscripts(list, readUpTo),
      endTranscript: (job: Pick<TranscriptJob, 'call' | 'url'>, next?: { attempts: number; due: number }) =>
        jobs.endTranscript(job, next),
    },
    reads: {
      capabilities: () => jobs.capabilities(),
      nextWriteDue: () => writes.nextDue(),
      latestWrite: (call: string) => writes.latest(call),
      callSnapshot: (call: string, viewer: Viewer) => reads.callSnapshot(call, viewer),
      listCalls: (filter: CallsFilter) => reads.listCalls(filter),
      callsOfPhone: (digits: string, limit: number) => reads.callsOfPhone(digits, limit),
      agentToday: (agent: string, from: number) => reads.agentToday(agent, from),
      mark: (name: string) => jobs.mark(name),
      marks: (prefix: string) => jobs.marks(prefix),
      dueTranscripts: (now: number, limit: number) => jobs.dueTranscripts(now, limit),
      nextTranscriptDue: () => jobs.nextTranscriptDue(),
    },
  };
}
