import { createContext, useContext } from 'react';
import type { OutcomeDraft } from '../../../shared/contract/outcomes';

/** The newest version of each form that this window sent: main may still be writing it when the form is opened again. */
export type Drafts = Map<string, { rev: number; form: OutcomeDraft }>;

const DraftsContext = createContext<Drafts>(new Map());
export const DraftsProvider = DraftsContext.Provider;
export const useDrafts = (): Drafts => useContext(DraftsContext);
