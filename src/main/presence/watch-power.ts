/** Electron's power monitor as the inputs of presence. */
import { powerMonitor } from 'electron';
import type { Presence } from './presence';

/** How often idleness is looked at: late enough to cost nothing, soon enough for a limit in minutes. */
const LOOK_EVERY_MS = 10_000;

/** @returns stops watching */
export function watchPower(presence: Presence): () => void {
  const suspend = () => {
    presence.power('suspend');
  };
  const resume = () => {
    presence.power('resume');
  };
  const lock = () => {
    presence.power('lock');
  };
  const unlock = () => {
    presence.power('unlock');
  };
  powerMonitor.on('suspend', suspend);
  powerMonitor.on('resume', resume);
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('unlock-screen', unlock);
  const timer = setInterval(() => {
    presence.idleFor(powerMonitor.getSystemIdleTime());
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    powerMonitor.off('suspend', suspend);
    powerMonitor.off('resume', resume);
    powerMonitor.off('lock-screen', lock);
    powerMonitor.off('unlock-screen', unlock);
  };
}
