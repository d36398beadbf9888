/** What became of outcomes at the CRM, and what a person can do about it. Agents see and settle what they decided. */
import {
  chooseCrmRecordSchema,
  crmDeliveriesQuerySchema,
  dismissCrmSchema,
  type CrmDelivery,
} from '../../shared/contract/crm';
import { callSnapshotSchema } from '../../shared/contract/call';
import type { Clock } from '../clock';
import { phoneHash } from '../dialling/phone-hash';
import type { Asker } from '../gateway/http/authenticate';
import { parameter, parse } from '../gateway/http/parse';
import { Problem } from '../gateway/http/problem';
import type { Exchange, Router } from '../gateway/http/router';
import type { Store } from '../store/port';

export interface CrmRouteDeps {
  store: Pick<Store, 'crm' | 'gateway'>;
  clock: Clock;
  /** There is something to bring. */
  kick: () => void;
}

const WHOLE_LOG = { keys: [], all: true };
const isAgent = ({ agent }: Asker) => agent.role === 'agent';

/** The number as it stands in the log; the choice is remembered for it. */
async function phoneOf({ store }: CrmRouteDeps, call: string): Promise<string> {
  const json = await store.gateway.callSnapshot(call, WHOLE_LOG);
  const fields = json === undefined ? undefined : callSnapshotSchema.parse(JSON.parse(json)).fields;
  const own = fields?.direction?.value === 'inbound' ? fields.from : fields?.to;
  const phone = (fields?.contact_phone ?? own)?.value;
  if (phone === undefined) throw new Problem('conflict', 'The call has left the log, or has no number');
  return phone;
}

async function deliveryOf({ store }: CrmRouteDeps, { request, asker }: Exchange): Promise<CrmDelivery> {
  const delivery = await store.crm.crmDelivery(parameter(request, 'id'));
  if (delivery === undefined || (isAgent(asker) && delivery.agent !== asker.agent.id)) {
    throw new Problem('not_found', 'No such delivery, or not yours to see');
  }
  return delivery;
}

export function crmRoutes(router: Router, deps: CrmRouteDeps): void {
  const { store, clock, kick } = deps;

  router.on('GET', '/crm/deliveries', async ({ request, asker }) => {
    const { state, call, limit, offset } = parse(crmDeliveriesQuerySchema, request.query);
    const agent = isAgent(asker) ? asker.agent.id : undefined;
    return { ...(await store.crm.crmDeliveries({ state, call, agent, limit, offset })), limit, offset };
  });

  router.on('POST', '/crm/deliveries/:id/replay', async (exchange) => {
    const { id } = await deliveryOf(deps, exchange);
    if (!(await store.crm.replayCrm(id, clock.now()))) throw new Problem('conflict', 'It is on its way already');
    kick();
    return store.crm.crmDelivery(id);
  });

  router.on('POST', '/crm/deliveries/:id/choose', async (exchange) => {
    const { record } = parse(chooseCrmRecordSchema, exchange.request.body);
    const { id, call, state, candidates } = await deliveryOf(deps, exchange);
    if (state !== 'ambiguous') throw new Problem('conflict', 'There is nothing to choose: nobody is asked any more');
    if (!candidates.some(({ ref }) => ref === record)) throw new Problem('bad_request', 'record: is not one of these');
    const hash = phoneHash(await phoneOf(deps, call));
    await store.crm.chooseCrm(id, record, hash, exchange.asker.agent.id, clock.now());
    kick();
    return store.crm.crmDelivery(id);
  });

  router.on(
    'POST',
    '/crm/deliveries/dismiss',
    async ({ request }) => {
      const { state, ids } = parse(dismissCrmSchema, request.body);
      return { dismissed: await store.crm.dismissCrm(state, ids) };
    },
    { role: 'supervisor' },
  );
}
