/** One WebSocket of a desk, from the accepted upgrade to its close: token, hello, commands, heartbeat. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { RawData } from 'ws';
import {
  DESK_CLOSE,
  deskCommandSchema,
  type DeskAgent,
  type DeskCommand,
  type PlatformTraits,
} from '../../shared/contract/desk-protocol';
import { viewerOf } from '../routing/audience';
import { StoreError, type AgentRecord, type Position } from '../store/port';
import { carryOut, type AfterHello, type CommandDeps } from './commands';
import { errorFrame, helloFrame } from './frames';
import { createHeartbeat } from './heartbeat';
import type { Hub, LiveDesk } from './hub';
import type { Seats } from './seats';
import type { SnapshotDesk } from './snapshots';
import { createOutbox, type DeskLink } from './outbox';
import { DeskStream, type StreamSource } from './stream';
import type { DeskTimings } from './timings';
import type { TokenHash } from './token';

export interface ConnectionDeps extends CommandDeps {
  hub: Hub;
  seats: Seats;
  snapshots: SnapshotDesk;
  timings: DeskTimings;
  platforms: PlatformTraits[];
  log: Logger;
  /** Told whether the token was accepted. */
  onToken: (accepted: boolean) => void;
}

type Hello = Extract<DeskCommand, { type: 'hello' }>;
type CloseKind = keyof typeof DESK_CLOSE;

/** Commands that may wait for their replies; a desk sends one or two at a time. */
const MAX_WAITING_COMMANDS = 200;

/**
 * Serves one desk. Returns at once; everything is driven by the socket's events.
 * @param token what it signs in with
 */
export function serveDesk(link: DeskLink, token: TokenHash | undefined, deps: ConnectionDeps): void {
  const { socket } = link;
  const { timings, hub, store, log } = deps;
  let desk: LiveDesk | undefined;
  let greeted = false;
  let closed = false;
  let waiting = 0;
  // A function, because it changes while others wait.
  const isClosed = () => closed;

  const close = (kind: CloseKind, reason: string) => closeWith(DESK_CLOSE[kind].code, reason);
  const closeWith = (code: number, reason: string) => {
    closed = true;
    outbox.stop();
    socket.close(code, reason);
    setTimeout(() => socket.terminate(), timings.closeWithinMs).unref();
  };
  const outbox = createOutbox(link, timings, () => close('tooSlow', 'too slow'));
  const heartbeat = createHeartbeat(socket, timings);
  const helloTimer = setTimeout(() => close('noHello', 'no hello'), timings.helloWithinMs);

  const agentKnown: Promise<AgentRecord | undefined> =
    token === undefined ? Promise.resolve(undefined) : store.agentByToken(token);
  // Commands are carried out one after the other, so that replies keep the order of what was asked.
  let queue: Promise<void> = agentKnown.then((agent) => {
    deps.onToken(agent !== undefined);
    if (agent === undefined) close('tokenRefused', 'token refused');
  }, unavailable);

  function unavailable(error: unknown): void {
    const expected = error instanceof StoreError;
    log[expected ? 'warn' : 'error']({ err: error }, 'a desk cannot be served');
    close('goingAway', 'try again');
  }

  async function hello(command: Hello): Promise<void> {
    const agent = await agentKnown;
    if (agent === undefined || isClosed()) return;
    const viewer = viewerOf(agent);
    const stream = new DeskStream(viewer, outbox, sourceOf(hub, store), () => deps.metrics.framesSent.inc());
    const entering: LiveDesk = {
      id: randomUUID(),
      agent: publicAgent(agent),
      tokenHash: token ?? '',
      since: agent.since,
      instance: command.client.instance,
      stream,
      close: closeWith,
      probe: () => heartbeat.probe(),
    };
    if (!(await deps.seats.take(entering, command.takeover === true, isClosed))) {
      if (isClosed()) return;
      outbox.send(
        errorFrame(command.id, { code: 'busy', message: 'You are signed in at another desk', temporary: false }),
      );
      close('takenOver', 'another desk is active');
      return;
    }
    desk = entering;
    if (isClosed()) {
      left();
      return;
    }
    const welcome = await welcomeFor(command, agent);
    if (welcome === undefined) return;
    // In one write with the first of what it missed: of a storm of returning desks, most time goes into writing.
    outbox.together(() => {
      welcome.send();
      // Goes on by itself, for as long as there is something to catch up with; commands are answered meanwhile.
      stream.follow(welcome.from).catch(unavailable);
    });
  }

  /** The hello reply, and the offset to go on from; undefined: the desk has gone. */
  async function welcomeFor(
    command: Hello,
    agent: AgentRecord,
  ): Promise<{ send: () => void; from: number } | undefined> {
    const { position } = command;
    const { epoch, head, floor } = await positionFor(position, store);
    const common = {
      type: 'reply' as const,
      re: command.id,
      ok: true as const,
      agent: publicAgent(agent),
      epoch,
      heartbeat_s: timings.heartbeatMs / 1000,
      server_time: new Date(deps.clock.now()).toISOString(),
      platforms: deps.platforms,
    };
    const known =
      position !== null &&
      position.epoch === epoch &&
      position.offset <= head &&
      position.offset >= Math.max(floor, agent.since);
    if (known) {
      const frame = helloFrame({ ...common, offset: head, recovered: true });
      return { send: () => outbox.send(frame), from: position.offset };
    }
    const snapshots = await deps.snapshots.of(viewerOf(agent), isClosed);
    if (snapshots === undefined) return undefined;
    const { offset, calls } = snapshots;
    const frame = helloFrame({ ...common, offset, recovered: false }, calls);
    return { send: () => outbox.sendUncounted(frame), from: offset };
  }

  function receive(data: RawData, binary: boolean): void {
    if (closed) return;
    const raw = binary ? undefined : parseJson(data);
    const parsed = deskCommandSchema.safeParse(raw);
    if (!parsed.success) {
      const id = commandId(raw);
      if (!greeted || id === undefined) {
        close('protocolError', 'not a command');
        return;
      }
      outbox.send(errorFrame(id, { code: 'bad_command', message: 'Not understood', temporary: false }));
      return;
    }
    const command = parsed.data;
    if (greeted === (command.type === 'hello')) {
      close('protocolError', 'hello comes first, and once');
      return;
    }
    if (command.type === 'hello') {
      greeted = true;
      clearTimeout(helloTimer);
    }
    waiting += 1;
    if (waiting > MAX_WAITING_COMMANDS) {
      close('protocolError', 'too many commands at once');
      return;
    }
    queue = queue
      .then(() => (command.type === 'hello' ? hello(command) : reply(command)))
      .then(() => void (waiting -= 1), unavailable);
  }

  async function reply(command: AfterHello): Promise<void> {
    // Refused at hello: the close is on its way.
    if (desk === undefined) return;
    const { agent, stream } = desk;
    outbox.send(await carryOut(command, { agent, viewer: stream.viewer }, deps));
  }

  function left(): void {
    if (desk !== undefined) deps.seats.leave(desk);
  }

  socket.on('message', receive);
  // A frame that breaks RFC 6455 or is too large: ws closes by itself (1002, 1007, 1009), the close event follows.
  socket.on('error', (error) => log.debug({ err: error }, 'desk link failed'));
  socket.on('close', (code) => {
    closed = true;
    clearTimeout(helloTimer);
    heartbeat.stop();
    outbox.stop();
    deps.metrics.deskClosed.inc({ code: String(code) });
    left();
  });
}

/** Another relay may have shown the desk more than this one has heard of yet. */
async function positionFor(wanted: Hello['position'], store: ConnectionDeps['store']): Promise<Position> {
  const { epoch, head } = store.position();
  if (wanted !== null && (wanted.epoch !== epoch || wanted.offset > head)) await store.refresh();
  return store.position();
}

function sourceOf(hub: Hub, store: ConnectionDeps['store']): StreamSource {
  return {
    get tail() {
      return hub.tail;
    },
    store,
  };
}

function publicAgent({ id, name, numbers, queues, role }: AgentRecord): DeskAgent {
  return { id, name, numbers, queues, role };
}

function parseJson(data: RawData): unknown {
  const text = Buffer.isBuffer(data) ? data.toString() : Buffer.concat([data].flat() as Uint8Array[]).toString();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The id of something that is not a command we know, so that it can be answered. */
function commandId(raw: unknown): number | undefined {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return undefined;
  return typeof raw.id === 'number' && Number.isSafeInteger(raw.id) && raw.id > 0 ? raw.id : undefined;
}
