import { useEffect } from 'react';
import { useDesk } from '../bridge/desk';
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
export function useCallSound(call: string | undefined, event: string | null | undefined, wanted: boolean): void {
  const desk = useDesk();
  const play = usePlayer();
  useEffect(() => {
    if (call === undefined || event === null || event === undefined || !wanted) return;
    let timer: ReturnType<typeof setInterval> | undefined;
    let over = false;
    const stop = () => {
      over = true;
      clearInterval(timer);
    };
    desk.request('settings:get', {}).then(({ sound = STANDARD_SOUND }) => {
      const { name } = sound;
      if (over || name === 'none') return;
      play(name, sound.volume);
      if (!sound.repeat) return;
      let times = 1;
      timer = setInterval(() => {
        play(name, sound.volume);
        times += 1;
        if (times >= MOST) clearInterval(timer);
      }, AGAIN_MS);
    }, reportError);
    for (const sign of SEEN) window.addEventListener(sign, stop);
    return () => {
      stop();
      for (const sign of SEEN) window.removeEventListener(sign, stop);
    };
  }, [desk, play, call, event, wanted]);
}
