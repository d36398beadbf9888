/** What the windows may ask for, channel by channel. Outcomes are values that can be shown. */
import type { CallSnapshot } from '../../shared/contract/call';
import type { IpcRequest, Outcome } from '../../shared/contract/ipc';
import { customerPhone } from '../calls/call-view';
import type { Handlers } from '../ipc/gate';
import type { Trace } from '../observability/trace';
import type { Notices } from '../observability/notices';
import { checkRelayAddress } from '../relay-client/address';
import type { Enrol } from '../joining/membership';
import type { SettingsStore } from '../settings/settings';
import type { SurroundingChannel } from '../surroundings/handlers';
import type { SetupChannel } from '../setup/setup';
import { outcomeOf } from './claims';
import type { Connection } from './connection';
import type { Desk } from './desk';

/** Outcomes, wrap-up, history, the dialling pages, what stands around the desk and what sets it up have handlers of their own. */
export type DeskChannel = Exclude<
  IpcRequest,
  | `${'outcome' | 'wrap-up' | 'history' | 'dialer' | 'callbacks' | 'campaigns' | 'lists'}:${string}`
  | SetupChannel
  | SurroundingChannel
>;

export interface HandlerParts {
  desk: Desk;
  connection: Connection;
  settings: SettingsStore;
  enrol: Enrol;
  notices: Notices;
  trace: Trace;
  /** The window's page listens from now on. */
  ready: (window: 'screen-pop' | 'workspace') => void;
  /** Shows the call in the workspace and brings that window up. */
  open: (call: string) => void;
  /** The agent has the call now. */
  claimed: (call: CallSnapshot) => void;
  resizePop: (height: number) => void;
  copy: (text: string) => Promise<void>;
}

const DONE: Outcome = { ok: true };
const NO_SUCH_CALL: Outcome = { ok: false, reason: 'call_gone' };

export function createHandlers(parts: HandlerParts): Pick<Handlers, DeskChannel> {
  const { desk, connection, settings } = parts;

  async function claim(id: string, fromPop: boolean): Promise<Outcome> {
    const call = desk.book.get(id);
    if (call === undefined) return NO_SUCH_CALL;
    const event = desk.pops.list.pops.find((pop) => pop.call === id)?.event ?? '';
    const outcome = await desk.claims.claim(id, call.claim?.seq ?? -1);
    if (!outcome.ok) return outcome;
    parts.trace('pop.claimed', id, event);
    if (fromPop) parts.open(id);
    else desk.select(id);
    parts.claimed(call);
    return outcome;
  }

  async function release(id: string): Promise<Outcome> {
    const call = desk.book.get(id);
    if (call === undefined) return NO_SUCH_CALL;
    // Given back on purpose: it is for the others now and must not ring here again. Before the relay is told, because it
    // may stream that the call is free before it answers the command.
    desk.pops.dismiss(call);
    return desk.claims.release(id, 'released');
  }

  async function decline(id: string, reason: string): Promise<Outcome> {
    const call = desk.book.get(id);
    if (call === undefined) return NO_SUCH_CALL;
    desk.pops.dismiss(call);
    return desk.claims.own(id)?.state === 'held' ? desk.claims.release(id, `declined: ${reason}`) : DONE;
  }

  async function copyNumber(id: string): Promise<Outcome> {
    const call = desk.book.get(id);
    const phone = call === undefined ? undefined : customerPhone(call);
    if (phone === undefined) return { ok: false, reason: 'no_number' };
    await parts.copy(phone);
    return DONE;
  }

  async function painted(call: string, event: string, at: number): Promise<Outcome> {
    parts.trace('pop.painted', call, event, at);
    return outcomeOf(await desk.sightings.painted(call, at));
  }

  function join(relay: string, token: string): Outcome {
    const address = checkRelayAddress(relay);
    if (!address.ok) return address;
    return parts.enrol(address.relay, token.trim());
  }

  return {
    'window:ready': (_args, from) => {
      parts.ready(from);
      return DONE;
    },
    'call:claim': ({ call }, from) => claim(call, from === 'screen-pop'),
    'call:decline': ({ call, reason }) => decline(call, reason),
    'call:release': ({ call }) => release(call),
    'call:open': ({ call }) => {
      if (desk.book.get(call) === undefined) return NO_SUCH_CALL;
      parts.open(call);
      return DONE;
    },
    'call:copy-number': ({ call }) => copyNumber(call),
    'pop:select': ({ call }) => {
      desk.pops.select(call);
      desk.see(call);
      return DONE;
    },
    'pop:painted': ({ call, event, at }) => painted(call, event, at),
    'pop:seen': ({ call }) => {
      desk.see(call);
      return DONE;
    },
    'pop:resize': ({ height }) => {
      parts.resizePop(height);
      return DONE;
    },
    'pop:dismiss': ({ call }) => {
      const known = desk.book.get(call);
      if (known !== undefined) desk.pops.dismiss(known);
      return DONE;
    },
    'agent:set-state': async ({ value }) => {
      const result = await desk.setState(value);
      // Said again at the next connect: offline is no failure of the choice.
      return result.status === 'offline' ? DONE : outcomeOf(result);
    },
    'settings:get': () => settings.get(),
    'settings:set': (args) => settings.set(args.settings),
    'team:join': ({ relay, token }) => join(relay, token),
    'connection:retry': () => {
      connection.reconnectNow(connection.view.state === 'stopped' && connection.view.reason === 'taken_over');
      return DONE;
    },
    'notice:dismiss': ({ id }) => {
      parts.notices.dismiss(id);
      return DONE;
    },
  };
}
