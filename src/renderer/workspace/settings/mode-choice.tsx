import { useTranslation } from 'react-i18next';
import { Label } from 'react-aria-components/Label';
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components/RadioGroup';
import type { DeskMode } from '../../../shared/contract/views';
import field from '../../components/field.module.css';
import styles from './mode-choice.module.css';

const MODES = ['practice', 'solo', 'team'] as const satisfies readonly DeskMode[];

/** Where calls come from. */
export function ModeChoice({ mode, onMode }: { mode: DeskMode; onMode: (mode: DeskMode) => void }) {
  const { t } = useTranslation();
  return (
    <RadioGroup
      className={field.field ?? ''}
      value={mode}
      onChange={(key) => {
        const chosen = MODES.find((value) => value === key);
        if (chosen !== undefined) onMode(chosen);
      }}
    >
      <Label className={field.label ?? ''}>{t('mode.label')}</Label>
      {MODES.map((value) => (
        <RadioField key={value} value={value}>
          <RadioButton className={styles.radio ?? ''} data-testid={`mode-${value}`}>
            <span className={styles.ring} />
            <span className={styles.words}>
              <span>{t(`mode.${value}`)}</span>
              <span className={field.about}>{t(`mode.${value}_about`)}</span>
            </span>
          </RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  );
}
