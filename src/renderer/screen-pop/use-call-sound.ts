import { useEffect, useRef } from 'react';
import type { SoundSettings } from '../../shared/contract/sound';
import { useSounds } from '../bridge/sounds';

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
  sound: SoundSettings,
): void {
  const { play } = useSounds();
  // Each view brings a new object; only another name or volume is another sound.
  const latest = useRef(sound);
  useEffect(() => {
    latest.current = sound;
  });
  const { name, volume, repeat } = sound;
  useEffect(() => {
    if (call === undefined || event === null || event === undefined || !wanted || name === 'none') return;
    const once = () => play(name, { volume, device: latest.current.device });
    once();
    if (!repeat) return;
    let times = 1;
    const timer = setInterval(() => {
      once();
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
