/** Agents who start AI calls, each wish with a key of its own, and repeat it at another relay until they know. */
import { StubPlatform } from '../../relay/gateway/support/stub-platform';
import type { Dice } from '../../support/chaos/dice';
import type { FloorHost } from '../../support/chaos/floor-host';

const ANSWER_WITHIN_MS = 4_000;

/** Where it is day while it is night elsewhere: runs at any hour of the clock find somebody who may be called. */
const PLACES = [
  { zone: 'Asia/Kolkata', stem: '+9198', digits: 8 },
  { zone: 'Europe/Berlin', stem: '+4930', digits: 8 },
  { zone: 'America/Vancouver', stem: '+16045', digits: 6 },
  { zone: 'Australia/Sydney', stem: '+6129', digits: 7 },
] as const;
const DAY = { from: 10, to: 18 };

const hourIn = (timeZone: string) =>
  Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone }).format(new Date()));

/** Each number once. */
function numbersOfTheDay(): (agent: number, n: number) => string {
  const day = PLACES.find(({ zone }) => hourIn(zone) >= DAY.from && hourIn(zone) < DAY.to);
  const { stem, digits } = day ?? PLACES[0];
  return (agent, n) => stem + String(agent) + String(n).padStart(digits - 1, '0');
}
const PAUSE_MS = { low: 50, high: 400 };
/** Chance that somebody repeats what has been answered, as after a lost answer. */
const REPEAT_SHARE = 0.3;
/** Chance that the platform breaks a connection after it did what it was asked. */
const SILENCE_SHARE = 0.05;
/** These calls never end, so in a long run each agent has some day as many as allowed. */
const FULL = 'call_limit';

interface Wish {
  phone: string;
  /** Answers that settle it: the call, or that nobody knows. */
  answers: Set<string>;
}

export class FloorStarts {
  private readonly wishes: Wish[] = [];
  private readonly problems: string[] = [];
  private readonly phoneOf = numbersOfTheDay();
  private stopped = false;
  private working: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly stub: StubPlatform,
    private readonly random: Dice,
  ) {}

  static async open(random: Dice): Promise<FloorStarts> {
    const stub = await StubPlatform.start();
    stub.fault = ({ method }) => (method === 'POST' && random.next() < SILENCE_SHARE ? 'silent-after' : undefined);
    return new FloorStarts(stub, random);
  }

  /** @param tokens one per agent who starts calls, one after the other */
  start(floor: FloorHost, tokens: readonly string[]): void {
    this.working = Promise.all(tokens.map((token, n) => this.work(floor, token, n)));
  }

  async finish(): Promise<void> {
    this.stopped = true;
    await this.working;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.stub.stop();
  }

  check() {
    const rings = new Map<string, number>();
    for (const phone of this.stub.rung) rings.set(phone, (rings.get(phone) ?? 0) + 1);
    const problems = [...this.problems];
    let started = 0;
    for (const { phone, answers } of this.wishes) {
      const rung = rings.get(phone) ?? 0;
      if (rung > 1) problems.push(`${phone} rang ${rung} times for one key`);
      const calls = [...answers].filter((answer) => answer !== 'unclear');
      if (calls.length > 1) problems.push(`one key was answered with ${calls.join(' and ')}`);
      if (calls.length === 1 && rung === 0) problems.push(`${phone} was said to ring and did not`);
      started += calls.length;
    }
    return { facts: { keys: this.wishes.length, started, rings: this.stub.rung.length }, problems };
  }

  private async work(floor: FloorHost, token: string, agent: number): Promise<void> {
    let full = false;
    for (let n = 0; !this.stopped && !full; n += 1) {
      const key = `${agent}-${n}`;
      const wish: Wish = { phone: this.phoneOf(agent, n), answers: new Set() };
      this.wishes.push(wish);
      full = (await this.ask(floor, token, key, wish)) === 'full';
      if (this.random.next() < REPEAT_SHARE) await this.ask(floor, token, key, wish);
    }
  }

  /** Asks until somebody says what became of it, or the run is over. `full`: the agent has started as many as allowed. */
  private async ask(floor: FloorHost, token: string, key: string, wish: Wish): Promise<'full' | undefined> {
    for (let tries = this.random.between(0, 2); !this.stopped; tries += 1) {
      const answer = await post(floor.relay(tries).host.url, token, key, wish.phone);
      if (answer !== undefined) {
        if ('refusal' in answer && answer.refusal.startsWith(FULL)) return 'full';
        if ('refusal' in answer) this.problems.push(`a start was answered ${answer.refusal}`);
        else wish.answers.add(answer.became);
        return undefined;
      }
      await new Promise((resolve) => setTimeout(resolve, this.random.between(PAUSE_MS.low, PAUSE_MS.high)));
    }
    return undefined;
  }
}

/** `became`: the call, or `unclear`. Undefined when it is worth asking again. */
type Answer = { became: string } | { refusal: string } | undefined;

async function post(url: string, token: string, key: string, phone: string): Promise<Answer> {
  let response: Response;
  let body: { call?: string; code?: string; detail?: string };
  try {
    response = await fetch(`${url}/v1/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ phone, platform: 'voiceinfra', purpose: 'service' }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    body = (await response.json()) as typeof body;
  } catch {
    // No answer, or half of one: it may have been done.
    return undefined;
  }
  const { call = '', code = '', detail = '' } = body;
  if (response.status === 201) return { became: call };
  if (code === 'unclear') return { became: code };
  // While the database is away nobody can say that a number is not on the do-not-call list, so nothing is dialled.
  const passes = ['idempotency_key_in_use', 'dial_blocked'].includes(code);
  const later = passes || response.status >= 500 || response.status === 429;
  return later ? undefined : { refusal: `${code}: ${detail}` };
}
