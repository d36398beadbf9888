import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SoundSettings } from '../../../shared/contract/sound';
import { useSounds } from '../../bridge/sounds';
import type { Speaker } from '../../bridge/speakers';
import { Choice } from './choice';

type Device = SoundSettings['device'];

const SYSTEM = 'system';
const ALL = 'all';

/** What is connected, kept up to date. */
function useSpeakers(): readonly Speaker[] {
  const { speakers } = useSounds();
  const [connected, setConnected] = useState<readonly Speaker[]>([]);
  useEffect(() => {
    let current = true;
    // Never rejects.
    const read = () =>
      void speakers.list().then((found) => {
        if (current) setConnected(found);
      });
    read();
    const unwatch = speakers.watch(read);
    return () => {
      current = false;
      unwatch();
    };
  }, [speakers]);
  return connected;
}

/** Where calls sound: the computer's choice, one device, or all of them. One that is not connected stays chosen. */
export function SpeakerChoice({ device, onDevice }: { device: Device; onDevice: (device: Device) => void }) {
  const { t } = useTranslation();
  const connected = useSpeakers();
  const named = connected.map(({ id, label }, index) => ({
    id,
    label: label === '' ? t('sound.device_unnamed', { n: index + 1 }) : label.slice(0, 200),
  }));
  const away = typeof device === 'object' && !connected.some(({ id }) => id === device.id) ? [device] : [];
  return (
    <Choice
      label={t('sound.device')}
      testId="sound-device"
      value={device === undefined ? SYSTEM : device === ALL ? ALL : device.id}
      options={[
        { value: SYSTEM, label: t('sound.device_system') },
        { value: ALL, label: t('sound.device_all') },
        ...named.map(({ id, label }) => ({ value: id, label })),
        ...away.map(({ id, label }) => ({ value: id, label: t('sound.device_away', { device: label }) })),
      ]}
      onChange={(chosen) => {
        if (chosen === SYSTEM) onDevice(undefined);
        else onDevice(chosen === ALL ? ALL : [...named, ...away].find(({ id }) => id === chosen));
      }}
    />
  );
}
