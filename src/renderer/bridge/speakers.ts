/** Where a sound comes out: the devices there are, and those that a setting means. */
import type { SoundSettings } from '../../shared/contract/sound';

export interface Speaker {
  id: string;
  label: string;
  /** Devices of one group are one thing under several names. */
  group: string;
}

/** The part of `navigator.mediaDevices` that is used. */
export type MediaOutputs = Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'>;

export interface Speakers {
  /** Those connected now. Never rejects: without an answer there are none. */
  list: () => Promise<Speaker[]>;
  /** Calls back when one comes or goes, until the returned function is called. */
  watch: (changed: () => void) => () => void;
}

/** A system that does not say what is connected must not hold up a sound. */
const ANSWERS_WITHIN_MS = 500;
/** Chromium's own names for what the system prefers: no devices of their own. */
const ALIASES: readonly string[] = ['', 'default', 'communications'];

/** The system's own choice, as `setSinkId` spells it. */
export const SYSTEM_SINK = '';

/** Ids for `setSinkId`, at least one: what is not connected falls back to the system's own choice. */
export function sinksOf(device: SoundSettings['device'], connected: readonly Speaker[]): string[] {
  if (device === undefined) return [SYSTEM_SINK];
  if (device !== 'all') return [connected.some(({ id }) => id === device.id) ? device.id : SYSTEM_SINK];
  const byGroup = new Map(connected.map(({ id, group }) => [group === '' ? id : group, id]));
  return byGroup.size === 0 ? [SYSTEM_SINK] : [...byGroup.values()];
}

/** @param media undefined where the system has no devices to tell of */
export function createSpeakers(media: MediaOutputs | undefined): Speakers {
  const ask = async (): Promise<Speaker[]> => {
    const all = (await media?.enumerateDevices()) ?? [];
    const outputs = all.filter(({ kind, deviceId }) => kind === 'audiooutput' && !ALIASES.includes(deviceId));
    return outputs.map(({ deviceId, label, groupId }) => ({ id: deviceId, label, group: groupId }));
  };
  return {
    list: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve([]), ANSWERS_WITHIN_MS);
        // Ends with an answer either way.
        void ask()
          .catch((error: unknown) => {
            reportError(error);
            return [];
          })
          .then(resolve)
          .finally(() => clearTimeout(timer));
      }),
    watch(changed) {
      media?.addEventListener('devicechange', changed);
      return () => media?.removeEventListener('devicechange', changed);
    },
  };
}
