/** What the windows may ask about outcomes, wrap-up and history, channel by channel. */
import type { IpcArgs, IpcReply, IpcRequest } from '../../shared/contract/ipc';
import type { History } from '../history/history';
import type { Outcomes } from './outcomes';

export type OutcomeChannel = Exclude<
  Extract<IpcRequest, `${'outcome' | 'wrap-up' | 'history'}:${string}`>,
  'history:export'
>;

export type OutcomeHandlers = { [C in OutcomeChannel]: (args: IpcArgs<C>) => Promise<IpcReply<C>> };

/** @param ready what is asked earlier waits for it */
export function createOutcomeHandlers(ready: Promise<{ outcomes: Outcomes; history: History }>): OutcomeHandlers {
  return {
    'outcome:get': async ({ call }) => (await ready).outcomes.get(call),
    'outcome:draft': async ({ call, rev, form }) => (await ready).outcomes.draft(call, rev, form),
    'outcome:save': async ({ call, decision }) => (await ready).outcomes.save(call, decision),
    'outcome:retry': async ({ id }) => (await ready).outcomes.retry(id),
    'outcome:sources': async () => (await ready).outcomes.sources,
    'outcome:list': async ({ states, before, limit }) =>
      (await ready).outcomes.list(states ?? [], before ?? Number.MAX_SAFE_INTEGER, limit),
    'wrap-up:extend': async ({ call }) => (await ready).outcomes.wrapUps.extend(call),
    'wrap-up:leave': async ({ call }) => (await ready).outcomes.wrapUps.leave(call),
    'history:search': async (query) => (await ready).history.search(query),
    'history:call': async ({ call }) => (await ready).history.call(call),
    'history:today': async () => (await ready).history.today(),
  };
}
