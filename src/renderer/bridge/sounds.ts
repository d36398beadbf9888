/** The desk's sounds, played by this window. */
import { createContext, useContext } from 'react';
import type { SoundSettings } from '../../shared/contract/sound';
import bell from '../../../resources/sounds/bell.wav';
import chime from '../../../resources/sounds/chime.wav';
import knock from '../../../resources/sounds/knock.wav';
import { createPlayer, type Sound } from './player';
import { createSpeakers, type MediaOutputs, type Speakers } from './speakers';

export type SoundName = Exclude<SoundSettings['name'], 'none'>;
export const SOUND_NAMES = ['chime', 'bell', 'knock'] as const satisfies readonly SoundName[];

/** While the person has chosen nothing else. */
export const STANDARD_SOUND: SoundSettings = { name: 'chime', volume: 0.7, repeat: true };

const files: Record<SoundName, string> = { chime, bell, knock };

export interface Sounds {
  /** Plays once. Never rejects: a computer without a working loudspeaker still shows the call. */
  play: (name: SoundName, sound: Sound) => void;
  speakers: Speakers;
}

function createSounds(media: MediaOutputs | undefined): Sounds {
  const speakers = createSpeakers(media);
  const play = createPlayer({ speakers, audible: (file) => new Audio(file), failed: reportError });
  return { speakers, play: (name, sound) => play(files[name], sound) };
}

/** Missing where a page is not served from the desk's own scheme, whatever the types say. */
const media = (navigator as { mediaDevices?: MediaOutputs }).mediaDevices;

const SoundsContext = createContext<Sounds>(createSounds(media));
export const SoundsProvider = SoundsContext.Provider;
export const useSounds = (): Sounds => useContext(SoundsContext);
