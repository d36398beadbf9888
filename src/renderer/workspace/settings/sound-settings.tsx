import { useTranslation } from 'react-i18next';
import { Label } from 'react-aria-components/Label';
import { Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import type { SoundSettings as Sound } from '../../../shared/contract/sound';
import { SOUND_NAMES, useSounds } from '../../bridge/sounds';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import { Choice } from './choice';
import { SettingsGroup } from './settings-group';
import styles from './sound-settings.module.css';
import { SpeakerChoice } from './speaker-choice';
import { Toggle } from './toggle';

/** Steps of the volume, in hundredths. */
const STEP = 5;

export function SoundSettings({ sound, onSound }: { sound: Sound; onSound: (sound: Sound) => void }) {
  const { t } = useTranslation();
  const { play } = useSounds();
  const { name } = sound;
  return (
    <SettingsGroup title={t('sound.title')}>
      <Choice
        label={t('sound.name')}
        value={name}
        options={(['none', ...SOUND_NAMES] as const).map((value) => ({ value, label: t(`sound.${value}`) }))}
        onChange={(value) => {
          if (value !== 'none') play(value, sound);
          onSound({ ...sound, name: value });
        }}
      />
      {name !== 'none' && (
        <>
          <Slider
            className={styles.slider ?? ''}
            defaultValue={Math.round(sound.volume * 100)}
            minValue={STEP}
            maxValue={100}
            step={STEP}
            onChangeEnd={(value) => onSound({ ...sound, volume: value / 100 })}
          >
            <Label className={field.label ?? ''}>{t('sound.volume')}</Label>
            <SliderOutput className={styles.value ?? ''} />
            <SliderTrack className={styles.track ?? ''}>
              <SliderThumb className={styles.thumb ?? ''} />
            </SliderTrack>
          </Slider>
          <SpeakerChoice device={sound.device} onDevice={(device) => onSound({ ...sound, device })} />
          <div>
            <Button testId="sound-test" onPress={() => play(name, sound)}>
              {t('sound.test')}
            </Button>
          </div>
          <Toggle label={t('sound.repeat')} value={sound.repeat} onChange={(repeat) => onSound({ ...sound, repeat })} />
        </>
      )}
    </SettingsGroup>
  );
}
