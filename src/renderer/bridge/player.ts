/** Plays one sound on the devices that are meant, and moves it to the system's own when one of them goes away. */
import type { SoundSettings } from '../../shared/contract/sound';
import { SYSTEM_SINK, sinksOf, type Speakers } from './speakers';

/** The part of an audio element that is used. */
export type Audible = Pick<HTMLAudioElement, 'volume' | 'setSinkId' | 'play' | 'addEventListener'>;

export type Sound = Pick<SoundSettings, 'volume' | 'device'>;

/** Plays once. Never throws and never rejects: a computer without a working loudspeaker still shows the call. */
export type PlayFile = (file: string, sound: Sound) => void;

export interface PlayerParts {
  speakers: Speakers;
  audible: (file: string) => Audible;
  failed: (error: unknown) => void;
}

const ENDS = ['ended', 'error', 'abort'] as const;

export function createPlayer({ speakers, audible, failed }: PlayerParts): PlayFile {
  const toSystem = (audio: Audible) => audio.setSinkId(SYSTEM_SINK).catch(failed);

  /** While it sounds, its device may go: what is left of the sound, and every later one, comes from another. */
  const follow = (audio: Audible, sink: string) => {
    const unwatch = speakers.watch(() => {
      // Never rejects.
      void speakers.list().then((connected) => {
        if (!connected.some(({ id }) => id === sink)) void toSystem(audio);
      });
    });
    for (const end of ENDS) audio.addEventListener(end, unwatch);
  };

  const start = async (file: string, volume: number, sink: string) => {
    const audio = audible(file);
    audio.volume = Math.min(1, Math.max(0, volume));
    if (sink !== SYSTEM_SINK) {
      follow(audio, sink);
      // It may have gone this very moment.
      await audio.setSinkId(sink).catch(() => toSystem(audio));
    }
    await audio.play();
  };

  return (file, { volume, device }) => {
    const connected = device === undefined ? Promise.resolve([]) : speakers.list();
    connected
      .then((found) => Promise.all(sinksOf(device, found).map((sink) => start(file, volume, sink))))
      .catch(failed);
  };
}
