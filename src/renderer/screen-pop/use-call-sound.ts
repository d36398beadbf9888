import { useEffect } from 'react';
import type { SoundSettings } from '../../shared/contract/sound';
import { STANDARD_SOUND, usePlayer } from '../bridge/sounds';

/** Time between two soundings, ms, and how many there are at most: a call nobody turns to is missed by then. */
const AGAIN_MS = 6000;
const MOST = 10;
/** What shows that the agent has turned to the call. */
const SEEN = ['pointerover', 'keydown', 'focus'] as const;

/**
 * Sounds once per call and event, and again until the agent points at the window or gives it the keyboard.
 * @param wanted false once the call is claimed, taken or over
 */
export function useCallSound(
  call: string | undefined,
  event: string | null | undefined,
  wanted: boolean,
  { name, volume, repeat }: SoundSettings = STANDARD_SOUND,
): void {
  const play = usePlayer();
  useEffect(() => {
    if (call === undefined || event === null || event === undefined || !wanted || name === 'none') return;
    play(name, volume);
    if (!repeat) return;
    let times = 1;
    const timer = setInterval(() => {
      play(name, volume);
      times += 1;
      if (times >= MOST) clearInterval(timer);
    }, AGAIN_MS);
    const stop = () => clearInterval(timer);
    for (const sign of SEEN) window.addEventListener(sign, stop);
    return () => {
      stop();
      for (const sign of SEEN) window.removeEventListener(sign, stop);
    };
  }, [play, call, event, wanted, name, volume, repeat]);
}
