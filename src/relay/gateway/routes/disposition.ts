/** `PUT /v1/calls/{call}/disposition`: durable here first, then on its way to the platform. */
import { putDispositionSchema, type DispositionAnswer, type PutDisposition } from '../../../shared/contract/rest';
import { randomUUID } from 'node:crypto';
import type { RelayDisposition } from '../../../shared/contract/dispositions';
import { digestOf, tell, toAppend } from '../events';
import type { DispositionMapping } from '../dispositions/mapping';
import { loadPlaceTables } from '../../dialling/place-tables';
import { createPlaceFinder } from '../../dialling/places';
import { followsOf, type Decision } from '../../leads/decided';
import type { Gateway } from '../gateway';
import { idempotencyKey, parse, platformId } from '../http/parse';
import { Problem } from '../http/problem';
import type { Exchange, Router } from '../http/router';
import { fingerprintOf } from '../idempotency/fingerprint';
import type { DispositionOutcome, DispositionWriteRow } from '../store-port';

type Stop = { scope: NonNullable<PutDisposition['dnc']>['scope']; verbatim?: string } | undefined;

/** When the agent decided: never in the future, whatever their clock says; a replacement is decided now. */
function decidedAt({ decided_at, replaces }: PutDisposition, now: number): number {
  return decided_at === undefined || replaces !== undefined ? now : Math.min(Date.parse(decided_at), now);
}

function decisionEvent(call: string, id: string, body: PutDisposition, agent: string, now: number, stop: Stop) {
  const { value, notes, amount, callback } = body;
  // What the configuration calls a stop is one, whether the desk knew that or not.
  const dnc = body.dnc ?? stop;
  return tell({
    type: 'call.disposition',
    id,
    source: '/relay',
    call,
    time: decidedAt(body, now),
    now,
    data: {
      value,
      by: 'agent',
      agent,
      ...(notes === undefined ? {} : { notes }),
      ...(amount === undefined ? {} : { amount }),
      ...(dnc === undefined
        ? {}
        : { dnc: { scope: dnc.scope, ...(dnc.verbatim === undefined ? {} : { verbatim: dnc.verbatim }) } }),
      ...(callback === undefined
        ? {}
        : {
            callback: {
              at: new Date(callback.at).toISOString(),
              ...(callback.zone === undefined ? {} : { zone: callback.zone }),
              ...(callback.wall_time === undefined ? {} : { wall_time: callback.wall_time }),
            },
          }),
    },
  });
}

/** No platform has a place for money: it stands in words before the note. */
function platformNotes({ notes, amount }: PutDisposition): { notes?: string } {
  const said = amount === undefined ? [] : [`Amount: ${amount.value} ${amount.currency}`];
  const lines = notes === undefined ? said : [...said, notes];
  return lines.length === 0 ? {} : { notes: lines.join('\n') };
}

function refusal(outcome: Extract<DispositionOutcome, { ok: false }>): Problem {
  switch (outcome.reason) {
    case 'not_found':
      return new Problem('not_found', 'No such call, or not yours to see');
    case 'reused':
      return new Problem('idempotency_key_reused', 'This key was used for another outcome; use a new one');
    case 'already_decided': {
      const current = { value: outcome.value, agent: outcome.by, event: outcome.event };
      const detail = `${outcome.by} already decided: ${outcome.value}. Send "replaces" with that event to replace it.`;
      return new Problem('already_decided', detail, { members: { current } });
    }
  }
}

/** How a write stands, for the client. */
export function dispositionAnswer(
  row: DispositionWriteRow,
  mapping: DispositionMapping,
  standing: Pick<DispositionWriteRow, 'state' | 'reason'> = row,
): DispositionAnswer {
  const platform = row.call.slice(0, row.call.indexOf(':'));
  const known = mapping.find(platform, row.value);
  return {
    call: row.call,
    event: row.event,
    value: row.value,
    platform: standing.state,
    ...(standing.reason === undefined ? {} : { reason: standing.reason }),
    ...(known === undefined ? {} : { disposition: known.id }),
    platform_value: mapping.platformValue(platform, row.value),
  };
}

/** What the configuration says of the value, as leads take it. */
function meaningOf({
  final,
  dnc,
  retry_after_minutes: retryMinutes,
}: RelayDisposition): NonNullable<Decision['meant']> {
  return { final, dnc: dnc !== undefined, ...(retryMinutes === undefined ? {} : { retryMinutes }) };
}

export function dispositionRoutes(router: Router, gateway: Gateway): void {
  const places = createPlaceFinder(loadPlaceTables());
  router.on('GET', '/dispositions', () => Promise.resolve({ data: gateway.deps.settings.dispositions }));

  router.on('PUT', '/calls/:call/disposition', async ({ request, asker }: Exchange) => {
    const { whole: call, platform } = platformId(request, 'call');
    const key = idempotencyKey(request);
    const body = parse(putDispositionSchema, request.body);
    const agent = asker.agent.id;
    const { deps, timings, clients, writer, dispositions } = gateway;
    const now = deps.clock.now();
    const id = `disposition:${key === undefined ? randomUUID() : digestOf(agent, call, key)}`;
    const meant = dispositions.find(platform, body.value);
    if (meant?.needs_amount === true && body.amount === undefined) {
      // A repeat of what was taken before the configuration asked for it is no new decision.
      const taken = (await deps.store.gateway.latestWrite(call))?.event === id;
      if (!taken) throw new Problem('amount_needed', 'This outcome needs an amount: say how much, in which currency');
    }
    const scope = meant?.dnc;
    const event = decisionEvent(call, id, body, agent, now, scope === undefined ? undefined : { scope });
    const { callback } = event.type === 'call.disposition' ? event.data : {};
    const writable = clients.get(platform)?.can('setDisposition') ?? false;
    // Who is replaced is no part of the decision, nor is a clock that was corrected between two attempts to send it.
    const { replaces } = body;
    const decision = { ...body, replaces: undefined, decided_at: undefined };
    const outcome = await deps.store.gateway.recordDisposition({
      event: toAppend(event),
      decided: Date.parse(event.time),
      call,
      agent,
      fingerprint: fingerprintOf(call, decision),
      keyed: key !== undefined,
      ...(replaces === undefined ? {} : { replaces }),
      write: {
        value: body.value,
        ...platformNotes(body),
        ...(callback === undefined ? {} : { callbackTime: callback.at }),
        state: writable ? 'pending' : 'unsupported',
      },
      viewer: asker.viewer,
      now,
      follows: followsOf({
        ...{
          call,
          event: id,
          body,
          now,
          places,
          purpose: deps.settings.dialling.purpose,
          ...(meant === undefined ? {} : { meant: meaningOf(meant) }),
          agent: { id: agent, name: asker.agent.name },
        },
        snapshot: body.callback === undefined ? undefined : await deps.store.gateway.callSnapshot(call, asker.viewer),
      }),
    });
    if (!outcome.ok) throw refusal(outcome);
    return dispositionAnswer(outcome.row, dispositions, await writer.settle(outcome.row, timings.dispositionWaitMs));
  });
}
