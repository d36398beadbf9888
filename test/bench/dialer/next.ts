/** How long an agent waits for the next lead: `POST /v1/leads/next` of the built relay, dial check included. */
import { nextAnswerSchema } from '../../../src/shared/contract/leads';
import { openLoop } from '../../support/chaos/open-loop';
import { ms, spreadOf } from '../../support/chaos/stats';
import type { PostOutcome } from '../../support/chaos/webhook-pool';
import { judged, row } from '../measure';
import type { Floor } from './floor';

const AIM_MS = 20;
/** How often each agent asks, s: far faster than anybody reads. */
const EVERY_S = 4;
/** Lets every statement be prepared and every lane whose hours are closed be found once. */
const WARM_S = 5;

/** More of the same kind say nothing new. */
const SHOWN_FAULTS = 5;

/** What the agents got, so that nobody gets what another one has. */
interface Seen {
  leads: Set<string>;
  twice: number;
  nothing: Record<string, number>;
  verbs: number[];
  faults: string[];
}

async function asked(floor: Floor, token: string, seen: Seen): Promise<PostOutcome & { end: () => Promise<void> }> {
  const { status, body } = await floor.ask(token, 'POST', '/leads/next');
  const answer = { kind: 'answer' as const, status, retryAfter: undefined, bodyBytes: 0 };
  const { next, nothing } = status === 200 ? nextAnswerSchema.parse(body) : { next: null, nothing: null };
  if (next === null) {
    const why = nothing?.reason ?? String(status);
    seen.nothing[why] = (seen.nothing[why] ?? 0) + 1;
    return { ...answer, end: () => Promise.resolve() };
  }
  const { id } = next.lead;
  if (seen.leads.has(id)) seen.twice += 1;
  seen.leads.add(id);
  const end = async () => {
    const began = performance.now();
    const said = JSON.stringify({ hold: next.hold.id, reason: 'wrong_person' });
    const ended = await floor.ask(token, 'POST', `/leads/${id}/remove`, said);
    if (ended.status !== 200) seen.faults.push(`remove answered ${ended.status}: ${JSON.stringify(ended.body)}`);
    seen.verbs.push(performance.now() - began);
  };
  return { ...answer, end };
}

/** Every agent asks in turn, and takes the lead out of its list before they ask again. */
async function steady(floor: Floor, seconds: number, seen: Seen) {
  const { agents } = floor;
  const busy = agents.map(() => Promise.resolve());
  // Whoever is late asks later: never twice at once, which would give them the same lead again.
  const send = async (n: number): Promise<PostOutcome> => {
    const who = n % agents.length;
    const turn = Promise.resolve(busy[who]).then(() => asked(floor, agents[who] ?? '', seen));
    busy[who] = turn.then(({ end }) => end());
    return turn;
  };
  const result = await openLoop({ rate: agents.length / EVERY_S, seconds, send });
  await Promise.all(busy);
  return result;
}

/** All agents at once, each again as soon as they have an answer. */
async function atOnce(floor: Floor, seconds: number, seen: Seen): Promise<{ times: number[]; took: number }> {
  const times: number[] = [];
  const began = performance.now();
  const work = async (token: string) => {
    while (performance.now() - began < seconds * 1000) {
      const sent = performance.now();
      const { end } = await asked(floor, token, seen);
      times.push(performance.now() - sent);
      await end();
    }
  };
  await Promise.all(floor.agents.map(work));
  return { times, took: (performance.now() - began) / 1000 };
}

/** @param leads how many there are, to be told */
export async function nextLeads(floor: Floor, leads: number, seconds: number) {
  const seen: Seen = { leads: new Set(), twice: 0, nothing: {}, verbs: [], faults: [] };
  await steady(floor, WARM_S, seen);
  seen.verbs = [];
  const cpuBefore = floor.host.cpuSeconds();
  const { latencies, outcomes, took } = await steady(floor, seconds, seen);
  const cpu = Math.round(((floor.host.cpuSeconds() - cpuBefore) * 1e6) / latencies.length);
  const [next, verb] = [spreadOf(latencies), spreadOf(seen.verbs)];
  const all = outcomes['200'] === Math.round((seconds * floor.agents.length) / EVERY_S);
  const steadyRow = row({
    what: `next of ${leads} leads, ${floor.agents.length} agents every ${EVERY_S} s`,
    server: 'relay',
    value: `p50 ${ms(next.p50)}, p99 ${ms(next.p99)}, most ${ms(next.max)}; then remove p99 ${ms(verb.p99)}; ${cpu} µs CPU both`,
    aim: judged(`p99 ≤ ${AIM_MS} ms`, all && next.p99 <= AIM_MS),
    raw: { next, verb, outcomes, took, cpu },
  });
  const crowdBefore = floor.host.cpuSeconds();
  const crowd = await atOnce(floor, seconds / 3, seen);
  const crowdCpu = Math.round(((floor.host.cpuSeconds() - crowdBefore) * 1e6) / crowd.times.length);
  const times = spreadOf(crowd.times);
  const crowdRow = row({
    what: `next and remove, ${floor.agents.length} agents without a pause`,
    server: 'relay',
    value: `${Math.round(times.count / crowd.took)} leads/s, next p50 ${ms(times.p50)}, p99 ${ms(times.p99)}; ${crowdCpu} µs CPU both`,
    aim: '',
    raw: { times, took: crowd.took, cpu: crowdCpu },
  });
  const nothing = JSON.stringify(seen.nothing);
  const problems = [
    ...(seen.twice === 0 ? [] : [`${seen.twice} leads were given twice`]),
    ...seen.faults.slice(0, SHOWN_FAULTS),
    ...(nothing === '{}' ? [] : [`some got no lead: ${nothing}`]),
  ];
  return { rows: [steadyRow, crowdRow], problems };
}
