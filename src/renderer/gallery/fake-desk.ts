/** A desk for the gallery and component tests: publishes given views, records what windows send. */
import { createPageViews, type PageViews } from '../bridge/page-views';
import { createViewStore, type ViewStore } from '../bridge/view-store';
import type { DeskBridge, IpcData, IpcMessage, IpcReply, IpcRequest, Outcome } from '../../shared/contract/ipc';
import { settingsSchema, type Settings } from '../../shared/contract/settings';
import { duringCall, history, today } from './past';
import { displays } from './samples';
import * as setup from './setup';
import type { DeskView, PopView } from '../../shared/contract/views';

/** As on the first start. */
export const standardSettings: Settings = settingsSchema.parse({});

export interface FakeDesk extends DeskBridge {
  /** What windows asked for, oldest first. */
  readonly sent: { channel: IpcRequest; args: unknown }[];
  publish: <C extends IpcMessage>(channel: C, data: IpcData<C>) => void;
  /** Answers commands from now on; settings are always the standard ones. `gone`: nobody answers. */
  answer: (outcome: Outcome | 'gone') => void;
}

/** Answers that are no plain outcome: what the desk is asked to read. */
export type Reads = Partial<{ [C in IpcRequest]: IpcReply<C> }>;

export function createFakeDesk(reads: Reads = {}): FakeDesk {
  const listeners = new Map<IpcMessage, Set<(data: never) => void>>();
  const sent: FakeDesk['sent'] = [];
  let outcome: Outcome | 'gone' = { ok: true };
  const replies: Reads = {
    'settings:get': standardSettings,
    'outcome:get': duringCall,
    'outcome:sources': setup.ownOutcomes,
    'history:today': today,
    'history:search': history,
    'displays:list': { displays },
    'policy:get': setup.noPolicy,
    'team:invite': setup.noInvite,
    'solo:get': setup.solo,
    'desk-check:run': setup.deskCheck,
    'floor:get': { floor: setup.floor },
    ...reads,
  };
  return {
    sent,
    answer: (next) => {
      outcome = next;
    },
    publish: (channel, data) => {
      for (const listener of listeners.get(channel) ?? []) listener(data as never);
    },
    request: async <C extends IpcRequest>(channel: C, args: unknown) => {
      sent.push({ channel, args });
      if (outcome === 'gone') throw new Error('Nobody answers.');
      return (replies[channel] ?? (await Promise.resolve(outcome))) as IpcReply<C>;
    },
    on: (channel, listener) => {
      const known = listeners.get(channel) ?? new Set();
      known.add(listener);
      listeners.set(channel, known);
      return () => known.delete(listener);
    },
  };
}

/** A store that already holds its view. */
export function popStore(desk: FakeDesk, view: PopView): ViewStore<PopView> {
  const store = createViewStore(desk, 'pop:view');
  desk.publish('pop:view', view);
  return store;
}

export function deskStore(desk: FakeDesk, view: DeskView): ViewStore<DeskView> {
  const store = createViewStore(desk, 'desk:view');
  desk.publish('desk:view', view);
  return store;
}

/** What the pages beside the calls show, where a story or a test gives it. */
export type PageSamples = Partial<{ [C in IpcMessage]: IpcData<C> }>;

/** The pages' stores, those of the samples already holding their views. */
export function pageStores(desk: FakeDesk, samples: PageSamples = {}): PageViews {
  const stores = createPageViews(desk);
  for (const [channel, data] of Object.entries(samples)) desk.publish(channel as IpcMessage, data);
  return stores;
}
