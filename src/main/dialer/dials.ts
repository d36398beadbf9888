/**
 * Calls this desk asked for. A click is one wish with one key, durable here before it leaves; an answer that never came is
 * told, and only the agent whose wish it was decides whether there is to be another call: to whoever signs in after them
 * it is not shown. The number is not theirs to keep from others, though: that is for the relay, which knows of all desks.
 */
import type { CallSnapshot } from '../../shared/contract/call';
import type { DialView } from '../../shared/contract/dial-views';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import { startedCallSchema, type StartCallRequest } from '../../shared/contract/rest';
import type { CallView, PhoneView } from '../../shared/contract/views';
import { customerPhone, known } from '../calls/call-view';
import { digitsOf } from '../history/fold-text';
import type { Journal } from '../journal/journal';
import type { DialRow, DialState } from '../journal/tables/dials';
import { WRITE_WITHIN_MS, type RelayRest, type RestAnswer } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';
import { isCertainlyOwn, isOwn } from './owner';

/** A call may be noticed this much before the click by clocks that disagree. */
const CLOCK_SLACK_MS = 30_000;
/** Turns of a conversation shown beside the leads. */
const TILE_TURNS = 30;
/** What the agent looked at and did not settle is put away after this: another shift's. */
const FORGOTTEN_AFTER_MS = 24 * 3600_000;

export interface DialsOptions {
  journal: Pick<Journal, 'ask'>;
  rest: RelayRest;
  scheduler: Scheduler;
  newId: () => string;
  phone: (raw: string) => PhoneView;
  /** Calls this desk holds in memory. */
  call: (id: string) => CallSnapshot | undefined;
  calls: () => Iterable<CallSnapshot>;
  view: (call: CallSnapshot, turns: number) => CallView;
  /** Agent id, once known. */
  me: () => string | undefined;
  /** In whose name `rest` asks, as `mode/agent`; undefined until the relay has said so. */
  owner: () => string | undefined;
  /** Instant on the relay's clock as local epoch ms. */
  local: (instant: string) => number;
  wrapUp: (call: string) => 'open' | 'left' | 'none';
  changed: () => void;
  failed: (what: string, cause: unknown) => void;
}

/** What becomes of a wish. With `not_made` and `unclear`: why. */
export type DialResult =
  { state: 'made' | 'awaited' | 'not_stored' } | { state: 'unclear' | 'not_made'; answer?: RestAnswer<unknown> };

export interface Wish {
  body: StartCallRequest;
  name: string | undefined;
}

export class Dials {
  /** Of everybody who uses this desk: an answer may come after another one has signed in. */
  #rows = new Map<string, DialRow>();
  readonly #lookedAt = new Map<string, number>();

  constructor(private readonly options: DialsOptions) {}

  /** Takes up what the last run left. What was on its way then is unclear now. */
  async start(): Promise<void> {
    const { journal } = this.options;
    await journal.ask('interruptedDials');
    const rows = await journal.ask('openDials');
    this.#rows = new Map(rows.map((row) => [row.id, row]));
    this.settle();
    this.options.changed();
  }

  /** Oldest first. */
  get views(): DialView[] {
    return this.#own.flatMap((row) => (row.state === 'done' ? [] : [this.#view(row, row.state)]));
  }

  /** Changes when a call comes, goes, or is over. */
  get signature(): string {
    const now = (row: DialRow) => {
      const call = row.call === null ? undefined : this.options.call(row.call);
      return `${row.id} ${row.state} ${call !== undefined && isOver(call) ? 'over' : ''}`;
    };
    return this.#own.map(now).join();
  }

  /** Whether a wish for this number is under way or unclear. */
  open(phone: string): boolean {
    return this.#own.some((row) => row.phone === phone && ['sending', 'unclear'].includes(row.state));
  }

  /** Asks for one call, once. Resolves when it is known, or known to be unknown; never rejects. */
  async ask({ body, name }: Wish): Promise<DialResult> {
    const { journal, scheduler, newId, rest, owner } = this.options;
    const id = newId();
    const { phone, lead = null } = body;
    const row = {
      ...{ id, phone, lead, name: name ?? null, body: JSON.stringify(body) },
      ...{ at: scheduler.now(), owner: owner() ?? null },
    };
    try {
      await journal.ask('putDial', row);
    } catch (error) {
      this.options.failed('dial.put', error);
      return { state: 'not_stored' };
    }
    this.#rows.set(id, { ...row, state: 'sending', reason: null, call: null });
    this.options.changed();
    const answer = await rest.ask({
      ...{ method: 'POST', path: '/v1/calls', body, key: id, withinMs: WRITE_WITHIN_MS },
      answer: startedCallSchema,
    });
    return this.#answered(id, answer);
  }

  /** Looks whether the call of an unclear wish has appeared meanwhile. */
  look(id: string): boolean {
    this.#lookedAt.set(id, this.options.scheduler.now());
    this.settle();
    this.options.changed();
    return this.#rows.get(id)?.state === 'made';
  }

  /** The wish of an own unclear call, to be asked for anew by the agent's decision; undefined for any other. */
  wish(id: string): Wish | undefined {
    const row = this.#rows.get(id);
    if (row?.state !== 'unclear' || !isCertainlyOwn(row.owner, this.options.owner())) return undefined;
    return { body: JSON.parse(row.body) as StartCallRequest, name: row.name ?? undefined };
  }

  /** Puts one away that the agent has read. A call that goes on stays. */
  dismiss(id: string): boolean {
    const row = this.#rows.get(id);
    if (row === undefined || row.state === 'sending' || !isOwn(row.owner, this.options.owner())) return false;
    const call = row.call === null ? undefined : this.options.call(row.call);
    if (call !== undefined && !isOver(call)) return false;
    this.#change(row, 'done');
    this.options.changed();
    return true;
  }

  /** Calls may have appeared, ended, or been wrapped up. */
  settle(): void {
    const now = this.options.scheduler.now();
    for (const row of this.#own) {
      if (row.state === 'unclear' || row.state === 'awaited') this.#find(row);
      if (row.state === 'made' && row.call !== null && this.#finished(row.call)) this.#change(row, 'done');
    }
    for (const row of this.#rows.values()) {
      if (row.state !== 'sending' && now - row.at > FORGOTTEN_AFTER_MS) this.#change(row, 'done');
    }
  }

  get #own(): DialRow[] {
    const now = this.options.owner();
    return [...this.#rows.values()].filter(({ owner }) => isOwn(owner, now));
  }

  #answered(id: string, answer: RestAnswer<{ call?: string | undefined }>): DialResult {
    const row = this.#rows.get(id);
    if (row === undefined) return { state: 'not_made', answer };
    if (answer.ok) {
      const state = answer.value.call === undefined ? 'awaited' : 'made';
      this.#change(row, state, { call: answer.value.call });
      this.settle();
      this.options.changed();
      return { state };
    }
    const certain = answer.done === 'no';
    // A wish that certainly came to nothing is told at once and leaves nothing to look after.
    this.#change(row, certain ? 'done' : 'unclear', { reason: answer.reason });
    this.settle();
    this.options.changed();
    if (this.#rows.get(id)?.state === 'made') return { state: 'made' };
    return { state: certain ? 'not_made' : 'unclear', answer };
  }

  /** The call that a wish without a known call became, by number, time and who asked. */
  #find(row: DialRow): void {
    const { me, local } = this.options;
    const digits = digitsOf(row.phone);
    const taken = new Set([...this.#rows.values()].flatMap(({ call }) => (call === null ? [] : [call])));
    for (const call of this.options.calls()) {
      const phone = customerPhone(call);
      const mine = call.fields.origin_agent?.value === me();
      if (!mine || phone === undefined || digitsOf(phone) !== digits || taken.has(call.call)) continue;
      const began = call.milestones.started ?? call.milestones.ringing;
      if (began === undefined || local(began.at) < row.at - CLOCK_SLACK_MS) continue;
      this.#change(row, 'made', { call: call.call });
      return;
    }
  }

  /** Over, and its outcome is saved or its wrap-up left. */
  #finished(id: string): boolean {
    const call = this.options.call(id);
    if (call === undefined || !isOver(call)) return false;
    const wrapUp = this.options.wrapUp(id);
    return wrapUp === 'left' || (wrapUp === 'none' && call.dispositions.agent !== undefined);
  }

  #change(row: DialRow, state: DialState, more: { call?: string | undefined; reason?: RelayReason } = {}): void {
    row.state = state;
    row.reason = more.reason ?? null;
    row.call = more.call ?? row.call;
    if (state === 'done') this.#rows.delete(row.id);
    this.options.journal
      .ask('changeDial', { id: row.id, state, reason: row.reason, call: row.call })
      .catch((error: unknown) => {
        // What is stored is older: after a restart it is unclear again, and the agent is asked once more.
        this.options.failed('dial.change', error);
      });
  }

  #view(row: DialRow, state: Exclude<DialState, 'done'>): DialView {
    const call = row.call === null ? undefined : this.options.call(row.call);
    return {
      ...{ id: row.id, at: row.at, state, phone: this.options.phone(row.phone) },
      ...known({
        name: row.name ?? undefined,
        reason: row.reason ?? undefined,
        looked_at: this.#lookedAt.get(row.id),
        call_id: row.call ?? undefined,
        call: call === undefined ? undefined : this.options.view(call, TILE_TURNS),
      }),
    };
  }
}

function isOver(call: CallSnapshot): boolean {
  return call.milestones.ended !== undefined || call.milestones.failed !== undefined;
}
