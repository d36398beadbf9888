/** What the windows may ask about outcomes, wrap-up and history, channel by channel. */
import type { IpcArgs, IpcReply, IpcRequest } from '../../shared/contract/ipc';
import type { History } from '../history/history';
import type { Outcomes } from './outcomes';

export type OutcomeChannel = Extract<IpcRequest, `${'outcome' | 'wrap-up' | 'history'}:${string}`>;

export type OutcomeHandlers = { [C in OutcomeChannel]: (args: IpcArgs<C>) => IpcReply<C> | Promise<IpcReply<C>> };

export function createOutcomeHandlers(outcomes: Outcomes, history: History): OutcomeHandlers {
  return {
    'outcome:get': ({ call }) => outcomes.get(call),
    'outcome:draft': ({ call, rev, form }) => outcomes.draft(call, rev, form),
    'outcome:save': ({ call, decision }) => outcomes.save(call, decision),
    'outcome:retry': ({ id }) => outcomes.retry(id),
    'outcome:list': ({ states, before, limit }) =>
      outcomes.list(states ?? [], before ?? Number.MAX_SAFE_INTEGER, limit),
    'wrap-up:extend': ({ call }) => outcomes.wrapUps.extend(call),
    'wrap-up:leave': ({ call }) => outcomes.wrapUps.leave(call),
    'history:search': (query) => history.search(query),
    'history:call': ({ call }) => history.call(call),
    'history:today': () => history.today(),
  };
}
