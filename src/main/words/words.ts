/**
 * The few words that main itself shows: tray and notifications. Windows have their own catalogues; where both speak of the
 * same thing they use the same words, which `test/main/words` holds.
 */
import type { Language, TriggerKind } from '../../shared/contract/views';
import type { AgentState } from '../../shared/contract/desk-protocol';
import { en } from './en';
import { hi } from './hi';
import { tr } from './tr';

export interface Words {
  open: string;
  quit: string;
  practiceCaller: string;
  offline: string;
  waiting: (count: number) => string;
  callerWaits: string;
  callbacksDue: (count: number) => string;
  callbackDue: string;
  callbackWaits: string;
  windowFails: string;
  windowFailsAbout: string;
  tryAgain: string;
  state: Record<AgentState, string>;
  /** The wrap-up, and the state that comes after it, as its word. */
  wrapUpThen: (next: string) => string;
  trigger: Record<TriggerKind, string>;
}

const CATALOGUES: Record<Language, Words> = { en, hi, tr };

export function wordsFor(language: Language): Words {
  return CATALOGUES[language];
}

/** The person's choice, else the system's language when there is a catalogue for it, else English. */
export function languageOf(setting: Language | 'system', systemLocale: string): Language {
  if (setting !== 'system') return setting;
  const base = systemLocale.slice(0, 2).toLowerCase();
  return base === 'hi' || base === 'tr' ? base : 'en';
}
