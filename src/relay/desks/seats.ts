/** One active desk per agent, across all relays of the store: the hub settles it among its own, the store among relays. */
import type { Logger } from 'pino';
import { DESK_CLOSE } from '../../shared/contract/desk-protocol';
import type { Store } from '../store/port';
import type { Hub, LiveDesk } from './hub';

/** How often a seat that is in doubt is tried for. */
const TRY_EVERY_MS = 250;

export interface Seats {
  /** Makes a desk its agent's active one. False: another desk that is alive keeps its place. @throws StoreError */
  take(desk: LiveDesk, takeover: boolean): Promise<boolean>;
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

  const takeFromOthers = async (desk: LiveDesk, takeover: boolean): Promise<boolean> => {
    const { id, agent, instance } = desk;
    const request = { agent: agent.id, desk: id, takeover, ...(instance === undefined ? {} : { instance }) };
    if (await store.takeSeat(request)) return true;
    await store.doubtSeat(agent.id);
    for (let waitedMs = 0; waitedMs < probeMs * 1.5; waitedMs += TRY_EVERY_MS) {
      await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
      if (await store.takeSeat(request)) return true;
    }
    return false;
  };

  return {
    take: async (desk, takeover) => {
      if ((await hub.enter(desk, takeover)) === 'busy') return false;
      try {
        if (await takeFromOthers(desk, takeover)) return true;
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
