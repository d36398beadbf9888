/** Pings a desk and drops the link when it does not answer: a half-open connection never says that it is gone. */
import type { WebSocket } from 'ws';
import type { DeskTimings } from './timings';

export interface Heartbeat {
  /** Pings now; false when no pong came within the probe time. */
  probe(): Promise<boolean>;
  stop(): void;
}

export function createHeartbeat(socket: WebSocket, timings: DeskTimings): Heartbeat {
  let deadline: NodeJS.Timeout | undefined;
  let probes: ((alive: boolean) => void)[] = [];

  const answerProbes = (alive: boolean) => {
    const asked = probes;
    probes = [];
    for (const answer of asked) answer(alive);
  };
  const ping = () => {
    if (socket.readyState !== socket.OPEN) return;
    socket.ping();
    deadline ??= setTimeout(() => socket.terminate(), timings.pongWithinMs);
  };
  const beat = setInterval(ping, timings.heartbeatMs);
  socket.on('pong', () => {
    clearTimeout(deadline);
    deadline = undefined;
    answerProbes(true);
  });

  return {
    probe: () =>
      new Promise((resolve) => {
        if (socket.readyState !== socket.OPEN) {
          resolve(false);
          return;
        }
        const timer = setTimeout(() => resolve(false), timings.probeMs);
        probes.push((alive) => {
          clearTimeout(timer);
          resolve(alive);
        });
        ping();
      }),
    stop: () => {
      clearInterval(beat);
      clearTimeout(deadline);
      answerProbes(false);
    },
  };
}
