/** Every window in every state. A story's name is its address in the gallery and its picture's file name. */
import type { CampaignsView } from '../../shared/contract/campaign-views';
import type { CallView, DeskView, PopView } from '../../shared/contract/views';
import type { OutcomesView, OutcomeView } from '../../shared/contract/outcomes';
import type { Page } from '../workspace/pages';
import * as campaigns from './campaigns';
import * as dialling from './dialling';
import type { PageSamples, Reads } from './fake-desk';
import * as lists from './lists';
import * as past from './past';
import * as sample from './samples';
import * as setup from './setup';

export interface PopStory {
  window: 'pop';
  view: PopView;
}
export interface DeskStory {
  window: 'desk';
  view: DeskView;
  /** Page that is open at first. */
  page?: Page;
  /** What the desk answers when it is asked. */
  reads?: Reads;
  outcomes?: OutcomesView;
  /** What main has published to the pages beside the calls. */
  pages?: PageSamples;
  /** A key pressed once the window is there. */
  press?: string;
  /** Test id of a button that is pressed once the window is there. */
  click?: string;
}
export type Story = PopStory | DeskStory;

const { NOW, deskView, fullCall, popView } = sample;
const pop = (call: CallView, more: Partial<PopView> = {}): PopStory => ({ window: 'pop', view: popView(call, more) });
const desk = (more: Partial<DeskView> = {}, page?: Page): DeskStory => ({
  window: 'desk',
  view: { ...deskView, ...more },
  ...(page === undefined ? {} : { page }),
});
const supervisor = (page: Page): DeskStory =>
  desk({ agent: { id: 'meera', name: 'Meera Nair', role: 'supervisor', queues: ['collections'] } }, page);
const onPage = (page: Page, pages: PageSamples): DeskStory => ({ ...desk({}, page), pages });
const madeBySupervisor = (view: CampaignsView): DeskStory => ({
  ...supervisor('campaigns'),
  pages: { 'campaigns:view': view },
});
const opened = (call: CallView, group: DeskView['rows'][number]['group']): DeskStory =>
  desk({
    selected: call,
    rows: sample.rows.map((row) =>
      row.call === fullCall.call
        ? { ...row, call: call.call, group, claim: call.claim.state === 'mine' ? 'mine' : 'open' }
        : row,
    ),
  });

const wrapUp = (view: OutcomeView): DeskStory => ({
  ...opened(
    {
      ...fullCall,
      phase: 'ended',
      ended_at: NOW - 72_000,
      duration_s: 372,
      claim: { state: 'mine', since: NOW - 444_000 },
      transcript: { offered: false, turns: sample.turns },
    },
    'wrapup',
  ),
  reads: { 'outcome:get': view },
  outcomes: past.outcomes,
});

export const stories = {
  'pop-full': pop(fullCall),
  'pop-live-transcript': pop(sample.liveTranscriptCall),
  'pop-no-summary': pop(sample.noSummaryCall),
  'pop-bare': pop(sample.bareCall),
  'pop-longest': pop(sample.hostileCall, { waiting: sample.twoWaiting, stale: true }),
  'pop-right-to-left': pop(sample.rtlCall),
  'pop-hindi-words': pop(sample.hindiCall),
  'pop-waiting': pop(fullCall, {
    waiting: [...sample.twoWaiting, ...sample.twoWaiting.map((one) => ({ ...one, call: `${one.call}b` }))],
  }),
  'pop-private': pop(sample.liveTranscriptCall, { privacy: true, waiting: sample.twoWaiting }),
  'pop-stale': pop(fullCall, { stale: true }),
  'pop-claiming': pop({ ...fullCall, claim: { state: 'claiming' } }),
  'pop-mine': pop({ ...fullCall, claim: { state: 'mine', since: NOW - 2000 } }),
  'pop-taken': pop({ ...fullCall, claim: { state: 'other', name: 'Asha Rao' } }),
  'pop-refused': pop({ ...fullCall, claim: { state: 'refused', reason: 'no_reply' } }),
  'pop-ended': pop({ ...fullCall, phase: 'ended', ended_at: NOW }),
  'pop-do-not-call': pop({ ...fullCall, history: { state: 'ready', calls_30d: 0, dnc: true } }),
  'desk-live-call': desk(),
  'desk-empty': desk({ rows: [], selected: null }),
  'desk-empty-practice': desk({ rows: [], selected: null, mode: 'practice' }),
  'desk-nothing-chosen': desk({ selected: null }),
  'desk-missed': opened({ ...fullCall, late: true, call: 'vinfer:late', claim: { state: 'open' } }, 'missed'),
  'desk-waiting': opened(sample.liveTranscriptCall, 'waiting'),
  'desk-ended': opened(
    {
      ...fullCall,
      phase: 'ended',
      ended_at: NOW - 60_000,
      duration_s: 372,
      ai_disposition: 'dispute',
      agent_disposition: 'payment_promised',
      agent_amount: { value: '4200.50', currency: 'INR' },
      transcript: { offered: false, turns: sample.turns },
    },
    'ended',
  ),
  'desk-long-transcript': opened(
    { ...sample.liveTranscriptCall, transcript: { offered: true, turns: sample.manyTurns, since_summary: 9_990 } },
    'live',
  ),
  'desk-longest': opened(sample.hostileCall, 'waiting'),
  'desk-many': desk({ rows: sample.manyRows }),
  'desk-reconnecting': desk({ connection: { state: 'reconnecting', since: NOW - 3000, next_try_at: NOW + 1000 } }),
  'desk-taken-over': desk({ connection: { state: 'stopped', reason: 'taken_over' } }),
  'desk-token-refused': desk({ connection: { state: 'stopped', reason: 'token_refused' }, agent: null }),
  'desk-starting': desk({ connection: { state: 'starting' }, agent: null, rows: [], selected: null }),
  'desk-notices': desk({
    notices: [
      { id: '1', kind: 'settings_set_aside', detail: '/home/asha/.config/handover-desk/settings.json.broken' },
      { id: '2', kind: 'keychain_missing' },
      { id: '3', kind: 'tray_missing' },
      { id: '4', kind: 'notifications_unavailable' },
      { id: '5', kind: 'packs_overdue', detail: 'us, tr' },
    ],
  }),
  settings: desk({}, 'settings'),
  'settings-managed': { ...desk({}, 'settings'), reads: { 'policy:get': setup.managed } },
  outcomes: { ...desk({}, 'outcomes'), click: 'edit-dispute' },
  'outcomes-deep': { ...desk({}, 'outcomes'), reads: { 'settings:get': setup.deepOutcomes } },
  'outcomes-adding': { ...desk({}, 'outcomes'), click: 'tree-add' },
  'outcomes-relay': { ...desk({}, 'outcomes'), reads: { 'outcome:sources': setup.relayOutcomes } },
  'outcomes-managed': { ...desk({}, 'outcomes'), reads: { 'policy:get': setup.managedOutcomes } },
  'first-run': desk({ mode: 'practice', rows: [], selected: null }, 'first-run'),
  'first-run-solo': { ...desk({ mode: 'practice', rows: [], selected: null }, 'first-run'), press: '2' },
  'first-run-team': { ...desk({ mode: 'practice', rows: [], selected: null }, 'first-run'), press: '3' },
  'first-run-invited': { ...desk({ rows: [] }, 'first-run'), reads: { 'team:invite': setup.invited } },
  'desk-check': { ...desk({}, 'desk-check'), click: 'desk-check-run' },
  floor: desk({ agent: { id: 'boss', name: 'Maya Yıldız', role: 'supervisor', queues: [] }, mode: 'team' }, 'floor'),
  'floor-unavailable': {
    ...desk({ agent: { id: 'boss', name: 'Maya Yıldız', role: 'supervisor', queues: [] }, mode: 'team' }, 'floor'),
    reads: { 'floor:get': { floor: null } },
  },
  'wrap-up': wrapUp(past.wrapUp),
  'wrap-up-nested': wrapUp(past.nested),
  'wrap-up-call-back': wrapUp(past.withCallback),
  'wrap-up-do-not-call': wrapUp(past.withDnc),
  'wrap-up-amount': wrapUp(past.withAmount),
  'wrap-up-amount-unclear': wrapUp(past.withUnclearAmount),
  'wrap-up-decided': wrapUp(past.decided),
  'wrap-up-not-kept': wrapUp(past.unkept),
  history: desk({}, 'history'),
  'history-empty': { ...desk({}, 'history'), reads: { 'history:search': past.noHistory } },
  dialer: onPage('dialer', { 'dialer:view': dialling.dialer, 'callbacks:view': dialling.noCallbacks }),
  'dialer-none': onPage('dialer', { 'dialer:view': dialling.noLead({ state: 'none' }) }),
  'dialer-nothing-lawful': onPage('dialer', { 'dialer:view': dialling.nothingLawful }),
  'dialer-hands-full': onPage('dialer', {
    'dialer:view': dialling.noLead({ state: 'nothing', why: 'hands_full' }),
  }),
  'dialer-asking': onPage('dialer', { 'dialer:view': dialling.noLead({ state: 'asking' }) }),
  'dialer-offline': onPage('dialer', { 'dialer:view': dialling.noLead({ state: 'failed', reason: 'offline' }) }),
  'dialer-blocked': { ...supervisor('dialer'), pages: { 'dialer:view': dialling.blockedLead } },
  'dialer-unchecked': onPage('dialer', { 'dialer:view': dialling.uncheckedLead }),
  'dialer-timer': onPage('dialer', { 'dialer:view': dialling.timedLead }),
  'dialer-timer-still': onPage('dialer', { 'dialer:view': dialling.stillLead }),
  'dialer-timer-refused': onPage('dialer', { 'dialer:view': dialling.refusedTimer }),
  'dialer-lost': onPage('dialer', { 'dialer:view': dialling.lostLead }),
  'dialer-longest': onPage('dialer', { 'dialer:view': dialling.longestLead }),
  'dialer-calling': onPage('dialer', { 'dialer:view': dialling.dialling }),
  'dialer-unclear': onPage('dialer', { 'dialer:view': dialling.unclear }),
  'dialer-escalated': onPage('dialer', { 'dialer:view': dialling.escalatedDial }),
  'dialer-wrap-up': {
    ...onPage('dialer', { 'dialer:view': dialling.wrappingUp }),
    reads: { 'outcome:get': past.wrapUp },
  },
  'dialer-never': { ...onPage('dialer', { 'dialer:view': dialling.dialer }), press: 'Alt+D' },
  'dialer-later': { ...onPage('dialer', { 'dialer:view': dialling.dialer }), press: 'Alt+L' },
  callbacks: onPage('callbacks', { 'callbacks:view': dialling.callbacks }),
  'callbacks-none': onPage('callbacks', { 'callbacks:view': dialling.noCallbacks }),
  'callbacks-offline': onPage('callbacks', { 'callbacks:view': dialling.staleCallbacks }),
  lists: { ...supervisor('lists'), pages: { 'lists:view': lists.lists } },
  'lists-limits': { ...supervisor('lists'), pages: { 'lists:view': lists.lists }, click: 'lists-limits' },
  'lists-work-wrong': { ...supervisor('lists'), pages: { 'lists:view': lists.wrongWork } },
  'lists-work-longest': { ...supervisor('lists'), pages: { 'lists:view': lists.longestWork } },
  'lists-none': { ...supervisor('lists'), pages: { 'lists:view': lists.noLists } },
  'import-checked': { ...supervisor('lists'), pages: { 'lists:view': lists.checkedImport } },
  'import-running': { ...supervisor('lists'), pages: { 'lists:view': lists.runningImport } },
  'import-failed': { ...supervisor('lists'), pages: { 'lists:view': lists.failedImport } },
  campaigns: madeBySupervisor(campaigns.campaigns),
  'campaign-paused-night': madeBySupervisor(campaigns.pausedForTheNight),
  'campaign-paused-hours': madeBySupervisor(campaigns.pausedByHours),
  'campaign-paused-person': madeBySupervisor(campaigns.pausedByPerson),
  'campaigns-none': { ...desk({}, 'campaigns'), pages: { 'campaigns:view': campaigns.noCampaigns } },
  'campaigns-unread': { ...desk({}, 'campaigns'), pages: { 'campaigns:view': campaigns.unreadCampaigns } },
  'campaign-new': { ...madeBySupervisor(campaigns.noDraft), click: 'campaign-new' },
  'campaign-file-chosen': madeBySupervisor(campaigns.uploading),
  'campaign-checking': madeBySupervisor(campaigns.checking),
  'campaign-checked': madeBySupervisor(campaigns.checked),
  'campaign-nobody': madeBySupervisor(campaigns.nobody),
  'campaign-too-many': madeBySupervisor(campaigns.tooMany),
  'campaign-unusable': madeBySupervisor(campaigns.unusable),
  'campaign-making': madeBySupervisor(campaigns.making),
  'campaign-made': madeBySupervisor(campaigns.made),
  'campaign-unclear': madeBySupervisor(campaigns.unclear),
  'campaign-unanswered': madeBySupervisor(campaigns.unanswered),
  'campaign-offline': madeBySupervisor(campaigns.offline),
  shortcuts: { ...desk(), press: '?' },
} as const satisfies Record<string, Story>;
export type StoryName = keyof typeof stories;

export const storyNames = Object.keys(stories).filter((name): name is StoryName => name in stories);
