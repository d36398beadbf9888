/** The desk's sounds, played by this window. */
import { createContext, useContext } from 'react';
import type { SoundSettings } from '../../shared/contract/sound';
import bell from '../../../resources/sounds/bell.wav';
import chime from '../../../resources/sounds/chime.wav';
import knock from '../../../resources/sounds/knock.wav';

export type SoundName = Exclude<SoundSettings['name'], 'none'>;
export const SOUND_NAMES = ['chime', 'bell', 'knock'] as const satisfies readonly SoundName[];

/** While the person has chosen nothing else. */
export const STANDARD_SOUND: SoundSettings = { name: 'chime', volume: 0.7, repeat: true };

const files: Record<SoundName, string> = { chime, bell, knock };

/** Plays once. Never rejects: a computer without a working loudspeaker still shows the call. */
export type Player = (name: SoundName, volume: number) => void;

const play: Player = (name, volume) => {
  const audio = new Audio(files[name]);
  audio.volume = Math.min(1, Math.max(0, volume));
  audio.play().catch(reportError);
};

const PlayerContext = createContext<Player>(play);
export const PlayerProvider = PlayerContext.Provider;
export const usePlayer = (): Player => useContext(PlayerContext);
