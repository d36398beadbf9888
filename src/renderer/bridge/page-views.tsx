/** What the pages beside the calls show, as main publishes it: one store per page, each the latest complete snapshot. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { DeskBridge, IpcData } from '../../shared/contract/ipc';
import { createViewStore, type ViewStore } from './view-store';

type PageName = 'dialer' | 'callbacks' | 'campaigns' | 'lists';
type PageView<P extends PageName> = IpcData<`${P}:view`>;
export type PageViews = { [P in PageName]: ViewStore<PageView<P>> };

/** Listens from now on, for as long as the window lives. */
export function createPageViews(desk: DeskBridge): PageViews {
  return {
    dialer: createViewStore(desk, 'dialer:view'),
    callbacks: createViewStore(desk, 'callbacks:view'),
    campaigns: createViewStore(desk, 'campaigns:view'),
    lists: createViewStore(desk, 'lists:view'),
  };
}

const PageViewsContext = createContext<PageViews | null>(null);
export const PageViewsProvider = PageViewsContext.Provider;

/** `undefined` until main has published for the first time. */
export function usePageView<P extends PageName>(page: P): PageView<P> | undefined {
  const views = useContext(PageViewsContext);
  if (views === null) throw new Error('usePageView needs a PageViewsProvider above it.');
  const store: ViewStore<PageView<P>> = views[page];
  return useSyncExternalStore(store.subscribe, store.get);
}
