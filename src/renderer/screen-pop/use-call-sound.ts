import { useEffect, useRef } from 'react';
import type { SoundSettings } from '../../shared/contract/sound';
import { useSounds } from '../bridge/sounds';
import { SEEN_SIGNS } from './use-seen';

/** Time between two soundings, ms, and how many there are at most: a call nobody turns to is missed by then. */
const AGAIN_MS = 6000;
const MOST = 10;

export interface Sounding {
  call: string | undefined;
  /** What made it pop; absent in a window that only mirrors another. */
  event: string | null | undefined;
  /** `wanted`: nobody has it; `gone`: somebody has it or it is over, and if it comes back it is news. */
  state: 'wanted' | 'quiet' | 'gone';
  /** Other calls in the window, one on a line: another text when they are others. */
  waiting: string;
  /** The agent has turned to it, in whichever window. */
  seen: boolean;
  sound: SoundSettings;
}

/** Sounds once per call and event, and again until the agent points at the window or gives it the keyboard. */
export function useCallSound({ call, event, state, waiting, seen, sound }: Sounding): void {
  const { play } = useSounds();
  // Each view brings a new object; only another name or volume is another sound.
  const latest = useRef(sound);
  useEffect(() => {
    latest.current = sound;
  });
  const { name, volume, repeat } = sound;
  /** Calls in the window that have sounded, with their events: choosing between calls that wait is no news. */
  const rung = useRef(new Map<string, string>());
  useEffect(() => {
    const present = [call, ...waiting.split('\n')];
    for (const one of rung.current.keys()) if (!present.includes(one)) rung.current.delete(one);
  }, [call, waiting]);
  useEffect(() => {
    if (call === undefined || event === null || event === undefined) return;
    if (state === 'gone') rung.current.delete(call);
    if (state !== 'wanted' || name === 'none') return;
    const once = () => play(name, { volume, device: latest.current.device });
    if (rung.current.get(call) !== event) once();
    rung.current.set(call, event);
    if (!repeat || seen) return;
    let times = 1;
    const timer = setInterval(() => {
      once();
      times += 1;
      if (times >= MOST) clearInterval(timer);
    }, AGAIN_MS);
    const stop = () => clearInterval(timer);
    for (const sign of SEEN_SIGNS) window.addEventListener(sign, stop);
    return () => {
      stop();
      for (const sign of SEEN_SIGNS) window.removeEventListener(sign, stop);
    };
  }, [play, call, event, state, seen, name, volume, repeat]);
}
