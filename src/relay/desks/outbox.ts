/**
 * What is on its way to one desk. A desk that does not read is cut off before it costs memory: 1 MiB queued, or 10 s
 * in which nothing drained.
 */
import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import type { DeskTimings } from './timings';

/** A desk's socket, and what it writes to. */
export interface DeskLink {
  socket: WebSocket;
  wire: Pick<Writable, 'cork' | 'uncork'>;
}

/** One text frame; as bytes when the same is sent to many. */
export type Frame = string | Buffer;

export interface Outbox {
  send(frame: Frame): void;
  /**
   * For what the desk is caught up with (snapshot, replay), which may be larger than the queue may grow: paced by
   * `drained` instead of counted.
   */
  sendUncounted(frame: Frame): void;
  /** Whatever is sent meanwhile leaves in one write: of a storm of returning desks, most time went into writing. */
  together<T>(work: () => T): T;
  /** Whether so much is queued that a replay should wait for `drained`. */
  isFull(): boolean;
  /** Resolves once little enough is queued to go on with a replay; false when the desk is gone. */
  drained(): Promise<boolean>;
  stop(): void;
}

/** A replay pauses above this many queued bytes, so that catching up can never look like being slow. */
const REPLAY_PAUSE_BYTES = 256 * 1024;

const AS_TEXT = { binary: false };

export function createOutbox({ socket, wire }: DeskLink, limits: DeskTimings, onSlow: () => void): Outbox {
  let pending = 0;
  let uncounted = 0;
  let watch: NodeJS.Timeout | undefined;
  /** When something drained last, or began to wait; by the monotonic clock. */
  let moved = 0;
  let stopped = false;
  let waiters: ((alive: boolean) => void)[] = [];

  const cutOff = () => {
    if (!stopped) onSlow();
  };
  const isFull = () => socket.bufferedAmount > REPLAY_PAUSE_BYTES;
  const settle = () => {
    if (!stopped && isFull()) return;
    const ready = waiters;
    waiters = [];
    for (const resume of ready) resume(!stopped);
  };
  /** Left running when the queue empties: a busy desk would otherwise make and clear a timer with every frame. */
  const watchFor = (ms: number) => {
    watch = setTimeout(() => {
      watch = undefined;
      if (pending === 0) return;
      const still = limits.maxUndrainedMs - (performance.now() - moved);
      if (still <= 0) cutOff();
      else watchFor(still);
    }, ms);
    watch.unref();
  };
  const flushed = (bytes: number) => {
    pending -= 1;
    uncounted -= bytes;
    moved = performance.now();
    settle();
  };
  const send = (frame: Frame, exempt: number) => {
    if (stopped) return;
    // Looked at before the frame is added: one large event alone must not cut off a desk that keeps up.
    if (exempt === 0 && socket.bufferedAmount - uncounted > limits.maxQueuedBytes) {
      cutOff();
      return;
    }
    if (pending === 0) moved = performance.now();
    if (watch === undefined) watchFor(limits.maxUndrainedMs);
    pending += 1;
    uncounted += exempt;
    // The callback also reports a failed write; the socket's close event follows and tells the rest.
    socket.send(frame, AS_TEXT, () => flushed(exempt));
  };

  return {
    send: (frame) => send(frame, 0),
    sendUncounted: (frame) => send(frame, Buffer.byteLength(frame)),
    together: (work) => {
      wire.cork();
      try {
        return work();
      } finally {
        wire.uncork();
      }
    },
    isFull,
    drained: () =>
      new Promise((resolve) => {
        waiters.push(resolve);
        settle();
      }),
    stop: () => {
      stopped = true;
      clearTimeout(watch);
      settle();
    },
  };
}
