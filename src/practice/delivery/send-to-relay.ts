/** The one endpoint of a platform that knows no registrations: the relay. */
import type { PlatformName } from '../config';
import type { Random } from '../random';
import type { Played, Stage } from '../stage';
import { dispatch, type Wish } from './dispatch';
import { createEndpoint } from './endpoint';

export interface RelayRoute {
  platform: PlatformName;
  /** Path on the relay; `forged` asks for the one of somebody who does not know the secret. */
  path: (forged: boolean) => string;
  /** What proves who sends, over the exact bytes; `forged` as above. */
  headers: (body: Buffer, forged: boolean) => Record<string, string>;
  accepts: (status: number) => boolean;
  retriesMs: readonly number[];
}

interface RelayEvent {
  /** The platform's call id. */
  call: string | number;
  event: string;
  body: unknown;
}

export type SendToRelay = (random: Random, event: RelayEvent, wish?: Wish) => Played;

/** Answers with the call and, as these platforms have no event ids, the event's name. */
export function relaySender(stage: Stage, route: RelayRoute): SendToRelay {
  const { platform, path, headers, accepts, retriesMs } = route;
  const endpoint = createEndpoint({
    id: `${platform} relay`,
    clock: stage.clock,
    // Nothing is sent before the relay is known; port 9 is where nobody listens.
    url: (forged) => `${stage.relay() ?? 'http://127.0.0.1:9'}${path(forged)}`,
    accepts,
    retriesMs,
  });
  return (random, { call, event, body: content }, wish) => {
    const body = Buffer.from(JSON.stringify(content));
    const name = `${platform}:${call}`;
    const parcel = { platform, call: name, event, eventId: event, kind: 'plain' as const, endpoint, body };
    dispatch(
      stage,
      random,
      { ...parcel, headers: headers(body, false) },
      (genuine) => ({ ...genuine, headers: headers(body, true) }),
      wish,
    );
    return { call: name, event };
  };
}
