/** The SQLite store: the port's promises on this side, the database thread on the other. */
import { gatewayStoreOver } from '../../gateway/sqlite/client';
import { StoreError, type LogEntry, type Position, type Store } from '../port';
import type { Outcome, StoreFile } from './executor';
import type { OperationName, Operations, Request } from './operations';
import type { DatabaseThread, StartThread } from './thread';

/** Requests that may wait for the database before new ones are refused: seconds of work even on a slow disk. */
const MAX_WAITING = 20_000;

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: StoreError) => void;
}

/** Opens the file. @throws StoreError, `busy` when another process has it open */
export async function openSqliteStore(file: StoreFile, start: StartThread): Promise<Store> {
  const waiting = new Map<number, Waiting>();
  const listeners: ((entries: LogEntry[]) => void)[] = [];
  let position: Position = { epoch: '', head: 0, floor: 0 };
  let lastId = 0;
  let broken: StoreError | undefined;

  const settle = ({ replies, entries, position: now }: Outcome) => {
    position = now;
    if (entries.length > 0) for (const listener of listeners) listener(entries);
    for (const reply of replies) {
      const who = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('failure' in reply) who?.reject(new StoreError(reply.failure.fault, reply.failure.message));
      else who?.resolve(reply.value);
    }
  };
  const fail = (error: StoreError) => {
    broken = error;
    for (const who of waiting.values()) who.reject(error);
    waiting.clear();
  };

  const thread: DatabaseThread = await start(file, {
    outcome: settle,
    failed: ({ fault, message }) => fail(new StoreError(fault, message)),
  });

  const ask = <N extends OperationName>(name: N, ...args: Parameters<Operations[N]>) =>
    new Promise<ReturnType<Operations[N]>>((resolve, reject) => {
      if (broken !== undefined) {
        reject(broken);
        return;
      }
      if (waiting.size >= MAX_WAITING) {
        reject(new StoreError('busy', 'too many requests wait for the database'));
        return;
      }
      lastId += 1;
      waiting.set(lastId, { resolve: (value) => resolve(value as ReturnType<Operations[N]>), reject });
      thread.post({ id: lastId, name, args } as Request);
    });

  return {
    position: () => position,
    append: (events) => ask('append', events),
    onAppended: (listener) => void listeners.push(listener),
    claim: (request) => ask('claim', request),
    renew: (request) => ask('renew', request),
    release: (request) => ask('release', request),
    lapse: (claim, now) => ask('lapse', claim, now),
    activeClaims: () => ask('activeClaims'),
    page: (after, viewer, limit) => ask('page', after, viewer, limit),
    snapshots: (viewer, since, limit) => ask('snapshots', viewer, since, limit),
    putAgent: (agent, tokenHash) => ask('putAgent', agent, tokenHash),
    removeAgent: (id) => ask('removeAgent', id),
    agents: () => ask('agents'),
    agentByToken: async (tokenHash) => (await ask('agentByToken', tokenHash)) ?? undefined,
    setPresence: (id, presence) => ask('setPresence', id, presence),
    gateway: gatewayStoreOver(ask),
    check: () => ask('check'),
    close: async () => {
      await thread.close();
      fail(new StoreError('closed', 'the store is closed'));
    },
  };
}
