/** Outcomes of all calls, as main publishes them. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { OutcomesView } from '../../shared/contract/outcomes';
import type { ViewStore } from './view-store';

const nothing: ViewStore<OutcomesView> = { get: () => undefined, subscribe: () => () => undefined };
const OutcomesContext = createContext<ViewStore<OutcomesView>>(nothing);
export const OutcomesProvider = OutcomesContext.Provider;

/** `undefined` until main has published for the first time. */
export function useOutcomes(): OutcomesView | undefined {
  const store = useContext(OutcomesContext);
  return useSyncExternalStore(store.subscribe, store.get);
}
