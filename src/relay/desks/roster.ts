/**
 * Ends the links of desks whose agent is gone or is not who signed in: also when the change was made through another relay,
 * or on the command line.
 */
import type { Logger } from 'pino';
import { DESK_CLOSE } from '../../shared/contract/desk-protocol';
import type { AgentRecord, Store } from '../store/port';
import type { Hub, LiveDesk } from './hub';

/** Agents are often added by the hundred: desks are looked at again at most this often. */
const AGAIN_AFTER_MS = 500;

export interface RosterWatch {
  stop(): void;
}

type Listed = AgentRecord & { tokenHash: string };

function isSame({ agent, tokenHash, since }: LiveDesk, listed: Listed): boolean {
  const told = ({ name, role, numbers, queues }: Pick<AgentRecord, 'name' | 'role' | 'numbers' | 'queues'>) =>
    JSON.stringify([name, role, numbers, queues]);
  return tokenHash === listed.tokenHash && since === listed.since && told(agent) === told(listed);
}

export function watchRoster(deps: {
  store: Pick<Store, 'roster' | 'onAgentsChanged'>;
  hub: Hub;
  log: Logger;
}): RosterWatch {
  const { store, hub, log } = deps;
  let looking = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  const look = async () => {
    const listed = new Map((await store.roster()).map((agent) => [agent.id, agent]));
    for (const desk of hub.desks()) {
      const agent = listed.get(desk.agent.id);
      if (agent === undefined) desk.close(DESK_CLOSE.tokenRefused.code, 'token refused');
      else if (!isSame(desk, agent)) desk.close(DESK_CLOSE.goingAway.code, 'the agent changed');
    }
  };
  const begin = () => {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    look()
      .catch((error: unknown) => {
        log.warn({ err: error }, 'connected desks could not be checked against the agents yet');
        again = true;
      })
      .finally(() => {
        timer = setTimeout(() => {
          looking = false;
          if (!again) return;
          again = false;
          begin();
        }, AGAIN_AFTER_MS);
      });
  };
  store.onAgentsChanged(() => {
    // Nobody to look at.
    if (hub.size > 0) begin();
  });
  return {
    stop: () => {
      looking = true;
      clearTimeout(timer);
    },
  };
}
