/** The keys in force in this window. */
import { createContext, useContext } from 'react';
import type { Keys } from '../../shared/contract/keys';
import { STANDARD_KEYS, chordOf, type KeyPress } from '../../shared/lib/keys';

const KeysContext = createContext<Keys>(STANDARD_KEYS);
export const KeysProvider = KeysContext.Provider;
export const useKeys = (): Keys => useContext(KeysContext);

export const isChord = (event: KeyPress, chord: string): boolean => chordOf(event) === chord;
