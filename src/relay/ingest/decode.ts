import type { DecodedEvent } from '../../platforms/platform';
import type { ConfiguredPlatform } from '../config/schema';

function unknown(reason: string): DecodedEvent[] {
  return [{ type: 'platform.unknown', istest: false, data: { reason } }];
}

/** The events of an authentic body: at least one, whatever the adapter does. */
export function decodeBody({ platform }: ConfiguredPlatform, rawBody: Uint8Array): DecodedEvent[] {
  try {
    const events = platform.webhook.decode(rawBody);
    return events.length === 0 ? unknown('nothing was decoded') : events;
  } catch {
    return unknown('the decoder failed');
  }
}
