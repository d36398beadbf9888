/** Views that main publishes, as external stores: the latest complete snapshot wins. */
import { useSyncExternalStore } from 'react';
import type { DeskBridge, IpcData, IpcMessage } from '../../shared/contract/ipc';

type ViewChannel = Extract<IpcMessage, `${string}:view`>;

export interface ViewStore<T> {
  /** `undefined` until main has published for the first time. */
  get: () => T | undefined;
  subscribe: (changed: () => void) => () => void;
}

/** Listens from now on, for as long as the window lives. */
export function createViewStore<C extends ViewChannel>(desk: DeskBridge, channel: C): ViewStore<IpcData<C>> {
  let current: IpcData<C> | undefined;
  const listeners = new Set<() => void>();
  desk.on(channel, (data) => {
    current = data;
    for (const listener of listeners) listener();
  });
  return {
    get: () => current,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => {
        listeners.delete(changed);
      };
    },
  };
}

export function useView<T>(store: ViewStore<T>): T | undefined {
  return useSyncExternalStore(store.subscribe, store.get);
}
