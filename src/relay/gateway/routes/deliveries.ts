/** `/v1/deliveries`: what platforms sent, for supervisors; bodies hold callers' data, so a list has none. */
import { deliveriesQuerySchema } from '../../../shared/contract/rest';
import type { DeliveriesPort, DeliveryView } from '../deliveries-port';
import { parameter, parse } from '../http/parse';
import { Problem } from '../http/problem';
import type { Exchange, Router } from '../http/router';

function idOf({ request }: Exchange): number {
  const text = parameter(request, 'id');
  if (!/^\d{1,15}$/.test(text)) throw new Problem('not_found', 'No such delivery');
  return Number(text);
}

function view({ id, received, ...delivery }: DeliveryView) {
  return { id: String(id), received_at: new Date(received).toISOString(), ...delivery };
}

const WHY = {
  not_kept: 'The body of this delivery is no longer kept',
  unreadable: 'The body of this delivery cannot be read; was the key file replaced?',
  unconfigured: 'This relay is no longer connected to the platform of this delivery',
} as const;

export function deliveryRoutes(router: Router, deliveries: DeliveriesPort): void {
  const supervisor = { role: 'supervisor' as const };
  router.on(
    'GET',
    '/deliveries',
    async ({ request }) => {
      const { platform, verdict, limit, offset } = parse(deliveriesQuerySchema, request.query);
      const { total, deliveries: found } = await deliveries.list({
        ...(platform === undefined ? {} : { platform }),
        ...(verdict === undefined ? {} : { verdict }),
        limit,
        offset,
      });
      return { data: found.map(view), total, limit, offset };
    },
    supervisor,
  );
  router.on(
    'GET',
    '/deliveries/:id',
    async (exchange) => {
      const found = await deliveries.show(idOf(exchange));
      if (found === undefined) throw new Problem('not_found', 'No such delivery');
      return { ...view(found.delivery), ...(found.body === undefined ? {} : { body: found.body }) };
    },
    supervisor,
  );
  router.on(
    'POST',
    '/deliveries/:id/replay',
    async (exchange) => {
      const id = idOf(exchange);
      const replay = await deliveries.replay(id);
      if (replay.ok) {
        const { appended, repeated, unknown } = replay;
        return { id: String(id), appended, repeated, unknown };
      }
      if (replay.reason === 'not_found') throw new Problem('not_found', 'No such delivery');
      throw new Problem('conflict', WHY[replay.reason]);
    },
    supervisor,
  );
}
