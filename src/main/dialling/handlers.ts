/** What the workspace may ask of dialer, callbacks, campaigns and lists, channel by channel. */
import type { IpcRequest, Outcome } from '../../shared/contract/ipc';
import type { RefusalCode } from '../../shared/contract/refusals';
import type { Callbacks } from '../callbacks/callbacks';
import type { Campaigns } from '../campaigns/campaigns';
import type { NewCampaign } from '../campaigns/new-campaign';
import type { Dialer } from '../dialer/dialer';
import type { Handlers } from '../ipc/gate';
import type { Imports } from '../lists/imports';
import type { Lists } from '../lists/lists';

export type DiallingChannel = Extract<IpcRequest, `${'dialer' | 'callbacks' | 'campaigns' | 'lists'}:${string}`>;
type Part<P extends string> = Pick<Handlers, Extract<DiallingChannel, `${P}:${string}`>>;

export interface DiallingParts {
  dialer: Dialer;
  callbacks: Callbacks;
  campaigns: Campaigns;
  newCampaign: NewCampaign;
  /** The file of the new campaign. */
  contacts: Imports;
  lists: Lists;
  imports: Imports;
  /** Brings the dialer's page up. */
  showDialer: () => void;
}

const DONE: Outcome = { ok: true };
const done = (ok: boolean, reason: RefusalCode): Outcome => (ok ? DONE : { ok: false, reason });

function dialerHandlers({ dialer }: DiallingParts): Part<'dialer'> {
  return {
    'dialer:next': () => dialer.next(),
    'dialer:number': ({ phone }) => done(dialer.preview.choose(phone), 'lead_gone'),
    'dialer:sight': ({ lead, sight }) => {
      dialer.timer.seen(lead, sight);
      return DONE;
    },
    'dialer:extend': ({ lead }) => {
      const reason = dialer.timer.extend(lead);
      return reason === undefined ? DONE : { ok: false, reason };
    },
    'dialer:recheck': async () => {
      await dialer.preview.recheck();
      return DONE;
    },
    'dialer:call': ({ lead, phone, override }) => dialer.call(lead, phone, override),
    'dialer:skip': ({ lead, ...body }) => dialer.verb(lead, 'skip', body),
    'dialer:pass': ({ lead, ...body }) => dialer.verb(lead, 'reject', body),
    'dialer:remove': ({ lead, ...body }) => dialer.verb(lead, 'remove', body),
    'dialer:never': ({ lead, scope, phone, verbatim }) => dialer.neverCall(lead, { scope, phone, verbatim }),
    'dialer:later': ({ lead, ...callback }) => dialer.verb(lead, 'reschedule', { callback }),
    'dialer:release': ({ lead }) => dialer.verb(lead, 'release', {}),
    'dialer:when': ({ phone, at }) => dialer.when(phone, at),
    'dialer:look': ({ dial }) => done(dialer.dials.look(dial), 'dial_not_found'),
    'dialer:call-again': ({ dial }) => dialer.callAgain(dial),
    'dialer:put-away': ({ dial }) => done(dialer.dials.dismiss(dial), 'dial_goes_on'),
  };
}

/** Into these hands and onto the screen. */
async function openLead({ dialer, showDialer }: DiallingParts, lead: string): Promise<Outcome> {
  const outcome = await dialer.open(lead);
  if (outcome.ok) showDialer();
  return outcome;
}

function callbackHandlers(parts: DiallingParts): Part<'callbacks'> {
  const { callbacks } = parts;
  async function open(id: string): Promise<Outcome> {
    const lead = callbacks.row(id)?.lead;
    if (lead === undefined) return { ok: false, reason: 'lead_gone' };
    return openLead(parts, lead);
  }
  return {
    'callbacks:open': ({ id }) => open(id),
    'callbacks:done': ({ id, cancelled }) => callbacks.verb(id, 'done', { cancelled }),
    'callbacks:defer': ({ id, minutes }) => callbacks.verb(id, 'defer', { minutes }),
    'callbacks:release': ({ id }) => callbacks.verb(id, 'release', {}),
    'callbacks:take': ({ id }) => callbacks.verb(id, 'take', {}),
    'callbacks:move': ({ id, ...when }) => callbacks.verb(id, 'move', when),
  };
}

function campaignHandlers({ campaigns, newCampaign, contacts }: DiallingParts): Part<'campaigns'> {
  return {
    'campaigns:watch': ({ on }) => campaigns.watch(on),
    'campaigns:open': ({ campaign }) => campaigns.open(campaign),
    'campaigns:more': () => campaigns.more(),
    'campaigns:set-running': ({ campaign, running }) => campaigns.setRunning(campaign, running),
    'campaigns:contacts': ({ form }) => newCampaign.begin(form),
    'campaigns:create': ({ anyway }) => newCampaign.create(anyway),
    'campaigns:draft-close': () => newCampaign.close(),
    'campaigns:refused': () => contacts.saveRefused(),
  };
}

function listHandlers(parts: DiallingParts): Part<'lists'> {
  const { lists, imports } = parts;
  return {
    'lists:watch': ({ on }) => lists.watch(on),
    'lists:more': () => lists.more(),
    'lists:open': ({ list }) => lists.open(list),
    'lists:leads': ({ state }) => lists.show(state),
    'lists:leads-more': () => lists.moreLeads(),
    'lists:open-lead': ({ lead }) => openLead(parts, lead),
    'lists:simulate': ({ list }) => lists.simulate(list),
    'lists:set-paused': ({ list, paused }) => lists.setPaused(list, paused),
    'lists:set-segment-paused': ({ list, segment, paused }) => lists.setSegmentPaused(list, segment, paused),
    'lists:set-preview': ({ list, preview }) => lists.setPreview(list, preview),
    'lists:set-work': ({ list, work }) => lists.setWork(list, work),
    'lists:set-limit': ({ agent, calls }) => lists.limits.set(agent, calls),
    'lists:take': ({ lead }) => lists.take(lead),
    'lists:import': ({ list, purpose, country, platform }) =>
      // No platform starts calls in which a person speaks first.
      imports.begin({ list, purpose, kind: 'ai_voice', country }, platform === undefined ? {} : { platform }),
    'lists:import-check': ({ settings }) => imports.check(settings),
    'lists:import-run': () => imports.run(),
    'lists:import-close': () => imports.close(),
    'lists:import-refused': () => imports.saveRefused(),
  };
}

export function diallingHandlers(parts: DiallingParts): Pick<Handlers, DiallingChannel> {
  return { ...dialerHandlers(parts), ...callbackHandlers(parts), ...campaignHandlers(parts), ...listHandlers(parts) };
}
