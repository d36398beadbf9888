/** `GET /v1/contacts/{phone}`: what is known of a customer, in time for a screen pop. */
import type { ContactAnswer } from '../../../shared/contract/rest';
import { phoneHash } from '../../dialling/phone-hash';
import { mergeContact } from '../contacts/merge';
import type { Gateway } from '../gateway';
import { parameter } from '../http/parse';
import { Problem } from '../http/problem';
import type { Exchange, Router } from '../http/router';
import type { PlatformClient } from '../platform-client/client';
import { askSource, type Sourced } from '../sources';
import type { ContactRecord } from '../../../platforms/api';
import { snapshotOf } from './read-calls';

/** Calls of one number that are folded for its history. */
const MAX_OWN_CALLS = 100;

type Asked = Promise<ContactRecord>;

/** Ten desks popping the same caller ask the platform once. */
class Coalesced {
  private readonly underWay = new Map<string, Asked>();

  ask(client: PlatformClient, phone: string, agent: string): Asked {
    const name = `${client.name} ${phone}`;
    const known = this.underWay.get(name);
    if (known !== undefined) return known;
    const asked = client.ask('getContact', { agent, repeat: 'safe' }, phone).finally(() => this.underWay.delete(name));
    this.underWay.set(name, asked);
    return asked;
  }
}

function phoneOf({ request }: Exchange): string {
  const phone = parameter(request, 'phone').replace(/[\s().-]/g, '');
  if (!/^\+?\d{4,15}$/.test(phone)) throw new Problem('bad_request', 'The phone must be E.164, percent-encoded');
  return phone;
}

export function contactRoute(router: Router, gateway: Gateway): void {
  const coalesced = new Coalesced();
  const { deps, clients, timings } = gateway;

  router.on('GET', '/contacts/:phone', async (exchange): Promise<ContactAnswer> => {
    const phone = phoneOf(exchange);
    const agent = exchange.asker.agent.id;
    const asked = [...clients.values()]
      .filter((client) => client.can('getContact'))
      .map(async (client): Promise<Sourced<ContactRecord>> =>
        askSource(client, () => coalesced.ask(client, phone, agent), timings.contactWaitMs),
      );
    const digits = phone.replace(/\D/g, '');
    const [own, askedNotToBeCalled, theirs] = await Promise.all([
      deps.store.gateway.callsOfPhone(digits, MAX_OWN_CALLS),
      gateway.stops.caughtUp().then(() => deps.store.dnc.stands(phoneHash(phone))),
      Promise.all(asked),
    ]);
    return mergeContact({
      phone,
      own: own.map(snapshotOf),
      theirs: theirs.flatMap(({ state, value }) =>
        value === undefined ? [] : [{ platform: state.source, record: value }],
      ),
      sources: [{ source: 'relay', state: 'ok' }, ...theirs.map(({ state }) => state)],
      askedNotToBeCalled,
      now: deps.clock.now(),
    });
  });
}
