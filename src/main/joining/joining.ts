/**
 * Joining by invite: the code is read, the person sees whose relay it names and says yes, and only then is anything sent.
 * The code is exchanged once for the agent's own token.
 */
import type { Outcome } from '../../shared/contract/ipc';
import { parseInvite } from '../../shared/contract/joining';
import type { Invite, JoinView } from '../../shared/contract/joining';
import type { RefusalCode } from '../../shared/contract/refusals';
import { joinAnswerSchema } from '../../shared/contract/invites';
import { checkRelayAddress, restUrl } from '../relay-client/address';
import type { Enrol } from './membership';

/** A relay that has not answered by then is not there. */
const ANSWER_WITHIN_MS = 10_000;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

export interface JoiningOptions {
  fetch: typeof globalThis.fetch;
  /** Unguessable, new each time. */
  newNonce: () => string;
  enrol: Enrol;
  /** The relay this desk is a member of. */
  memberOf: () => string | null;
}

interface Open {
  secret: string;
  /** `ws(s)://host[:port]` */
  relay: string;
  /** The same for every try with this invite: a lost answer can be asked for again. */
  nonce: string;
}

function reasonOf(status: number): RefusalCode {
  if (status === 401) return 'invite_refused';
  return status === 429 ? 'too_many_tries' : 'relay_busy';
}

export class Joining {
  #open: Open | undefined;

  constructor(private readonly options: JoiningOptions) {}

  view(): JoinView {
    return {
      host: this.#open === undefined ? null : new URL(this.#open.relay).host,
      member_of: this.options.memberOf(),
    };
  }

  /** @param address where a code without a host leads, as typed */
  read(code: string, address: string): Outcome {
    // A whole link is as good as its code: people paste what they were sent.
    const invite = parseInvite(code.trim().replace(/^handover-desk:\/\/join\//, ''));
    return invite === undefined ? { ok: false, reason: 'not_an_invite' } : this.open(invite, address);
  }

  /** Nothing is sent before `accept`. */
  open({ secret, host }: Invite, address = ''): Outcome {
    if (host === undefined && address.trim() === '') return { ok: false, reason: 'address_needed' };
    const named = host === undefined ? address : `${LOOPBACK.test(host) ? 'ws' : 'wss'}://${host}`;
    const checked = checkRelayAddress(named);
    if (!checked.ok) return checked;
    this.#open = { secret, relay: checked.relay, nonce: this.options.newNonce() };
    return { ok: true };
  }

  /** The person said no. */
  decline(): void {
    this.#open = undefined;
  }

  /** The person has seen the host and said yes. */
  async accept(): Promise<Outcome> {
    const open = this.#open;
    if (open === undefined) return { ok: false, reason: 'not_an_invite' };
    const token = await this.#exchange(open);
    if (!token.ok) return token;
    const enrolled = this.options.enrol(open.relay, token.token);
    if (enrolled.ok && this.#open === open) this.#open = undefined;
    return enrolled;
  }

  async #exchange({
    secret,
    relay,
    nonce,
  }: Open): Promise<{ ok: true; token: string } | { ok: false; reason: RefusalCode }> {
    try {
      const response = await this.options.fetch(restUrl(relay, '/v1/join'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: secret, nonce }),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        redirect: 'error',
      });
      if (!response.ok) {
        await response.body?.cancel();
        return { ok: false, reason: reasonOf(response.status) };
      }
      const answer = joinAnswerSchema.safeParse(await response.json());
      return answer.success ? { ok: true, token: answer.data.token } : { ok: false, reason: 'relay_unreadable' };
    } catch {
      // Unreachable, too slow, no certificate we trust, or no JSON: the person can only try again or ask.
      return { ok: false, reason: 'relay_unreachable' };
    }
  }
}
