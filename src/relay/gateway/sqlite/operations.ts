/** What the gateway can ask of the database thread; merged into the store's own table of operations. */
import type { NewEvent } from '../../store/port';
import type { Engine } from '../../store/sqlite/engine';
import type { Viewer } from '../../routing/audience';
import type {
  CallsFilter,
  Capability,
  DispositionRequest,
  KeyEnd,
  KeyRequest,
  TranscriptJob,
  WriteEnd,
} from '../store-port';
import { JobTables } from './jobs';
import { KeyTable } from './keys';
import { LogReads } from './reads';
import { WriteTable } from './writes';

export function gatewayOperationsOn(engine: Engine) {
  const keys = new KeyTable(engine.database);
  const jobs = new JobTables(engine.database);
  const writes = new WriteTable(engine);
  const reads = new LogReads(engine);
  return {
    writes: {
      beginKey: (request: KeyRequest) => keys.begin(request),
      markKeySending: (agent: string, key: string) => keys.markSending(agent, key),
      endKey: (agent: string, key: string, end: KeyEnd, events: NewEvent[]) => {
        for (const event of events) engine.append(event);
        keys.end(agent, key, end);
      },
      putCapability: (capability: Capability) => jobs.putCapability(capability),
      recordDisposition: (request: DispositionRequest) => writes.record(request),
      endWrite: (end: WriteEnd) => writes.end(end),
      putMark: (name: string, value: number) => jobs.putMark(name, value),
      queueTranscripts: (list: TranscriptJob[], readUpTo: number) => jobs.queueTranscripts(list, readUpTo),
      endTranscript: (job: Pick<TranscriptJob, 'call' | 'url'>, next?: { attempts: number; due: number }) =>
        jobs.endTranscript(job, next),
    },
    reads: {
      capabilities: () => jobs.capabilities(),
      dueWrites: (now: number, limit: number) => writes.due(now, limit),
      nextWriteDue: () => writes.nextDue(),
      latestWrite: (call: string) => writes.latest(call),
      callSnapshot: (call: string, viewer: Viewer) => reads.callSnapshot(call, viewer),
      listCalls: (filter: CallsFilter) => reads.listCalls(filter),
      callsOfPhone: (digits: string, limit: number) => reads.callsOfPhone(digits, limit),
      isDncPhone: (digits: string) => reads.isDncPhone(digits),
      agentToday: (agent: string, from: number) => reads.agentToday(agent, from),
      mark: (name: string) => jobs.mark(name),
      dueTranscripts: (now: number, limit: number) => jobs.dueTranscripts(now, limit),
      nextTranscriptDue: () => jobs.nextTranscriptDue(),
    },
  };
}
