import { app } from 'electron';
import { languageOf } from '../words/words';
import type { Parts } from './parts';

/** The language that main speaks: the person's choice, else the system's. */
export const languageNow = ({ settings }: Parts): ReturnType<typeof languageOf> =>
  languageOf(settings.get().language, app.getLocale());
