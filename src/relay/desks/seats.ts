/** One active desk per agent, across all relays of the store: the hub settles it among its own, the store among relays. */
import { bulkhead } from 'cockatiel';
import type { Logger } from 'pino';
import { DESK_CLOSE } from '../../shared/contract/desk-protocol';
import type { Store } from '../store/port';
import type { Hub, LiveDesk } from './hub';

/**
 * Desks that are seated at a time. When hundreds come at once and the database is slow, those at the end of the line give
 * up and go to another relay: what nobody waits for any more must not keep the others waiting.
 */
const AT_A_TIME = 16;

/** How often a seat that is in doubt is tried for. */
const TRY_EVERY_MS = 250;

export interface Seats {
  /**
   * Makes a desk its agent's active one. False: another desk that is alive keeps its place, or this one has gone.
   * @param isGone whether the desk no longer waits for it
   * @throws StoreError
   */
  take(desk: LiveDesk, takeover: boolean, isGone: () => boolean): Promise<boolean>;
  /** The desk is gone. */
  leave(desk: LiveDesk): void;
}

export interface SeatsDeps {
  store: Pick<Store, 'takeSeat' | 'leaveSeat' | 'doubtSeat' | 'onSeatLost'>;
  hub: Hub;
  /** How long a desk at another relay has to prove that it is alive. */
  probeMs: number;
  log: Logger;
}

export function createSeats({ store, hub, probeMs, log }: SeatsDeps): Seats {
  const free = (agent: string, desk: string) => {
    store.leaveSeat({ agent, desk }).catch((error: unknown) => {
      log.warn({ err: error }, 'a desk that left could not be recorded');
    });
  };
  const leave = (desk: LiveDesk) => {
    if (hub.leave(desk)) free(desk.agent.id, desk.id);
  };
  const give = (desk: LiveDesk) => {
    hub.leave(desk);
    desk.close(DESK_CLOSE.takenOver.code, 'another desk took over');
  };

  store.onSeatLost(({ agent, desk: id, doubted }) => {
    const desk = hub.deskOf(agent);
    if (desk?.id !== id) {
      // It left, and nobody could say so at the time.
      if (doubted) free(agent, id);
      return;
    }
    if (!doubted) {
      give(desk);
      return;
    }
    desk
      .probe()
      .then((alive) => {
        if (alive || !hub.leave(desk)) return;
        free(desk.agent.id, desk.id);
        desk.close(DESK_CLOSE.takenOver.code, 'another desk took over');
      })
      .catch((error: unknown) => log.warn({ err: error }, 'a desk could not be asked whether it is there'));
  });

  const line = bulkhead(AT_A_TIME, Infinity);
  /** Of each agent the last desk that asked: the store may answer two in another order, and the seat is the last one's. */
  const last = new Map<string, Promise<boolean>>();
  const inOrder = (agent: string, ask: () => Promise<boolean>): Promise<boolean> => {
    const answer = (last.get(agent) ?? Promise.resolve()).then(ask, ask);
    const over = () => {
      if (last.get(agent) === answer) last.delete(agent);
    };
    last.set(agent, answer);
    // Whoever asked hears of a failure.
    answer.then(over, over);
    return answer;
  };
  const takeFromOthers = async (desk: LiveDesk, takeover: boolean, isGone: () => boolean): Promise<boolean> => {
    const { id, agent, instance } = desk;
    const request = { agent: agent.id, desk: id, takeover, ...(instance === undefined ? {} : { instance }) };
    const ask = () => line.execute(() => !isGone() && store.takeSeat(request));
    const tryIt = () => inOrder(agent.id, ask);
    if (await tryIt()) return true;
    if (isGone()) return false;
    await store.doubtSeat(agent.id);
    for (let waitedMs = 0; waitedMs < probeMs * 1.5; waitedMs += TRY_EVERY_MS) {
      await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
      if (await tryIt()) return true;
      if (isGone()) return false;
    }
    return false;
  };

  return {
    take: async (desk, takeover, isGone) => {
      if ((await hub.enter(desk, takeover)) === 'busy') return false;
      try {
        if (await takeFromOthers(desk, takeover, isGone)) return true;
      } catch (error) {
        hub.leave(desk);
        throw error;
      }
      hub.leave(desk);
      return false;
    },
    leave,
  };
}
