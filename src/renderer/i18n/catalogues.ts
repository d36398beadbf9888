/** All catalogues at once, for what looks at every language: the gallery and the tests. */
import type { Language } from '../../shared/contract/views';
import en from './en.json';
import hi from './hi.json';
import tr from './tr.json';

export const catalogues = { en, hi, tr } as const satisfies Record<Language, unknown>;
