import { useTranslation } from 'react-i18next';
import { Label } from 'react-aria-components/Label';
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components/RadioGroup';
import radio from '../settings/mode-choice.module.css';
import styles from './desk-check.module.css';

/** What only the person at the desk can tell. */
export function YesNo({
  question,
  value,
  onAnswer,
  testId,
}: {
  question: string;
  value: boolean | null;
  onAnswer: (answer: boolean) => void;
  testId: string;
}) {
  const { t } = useTranslation();
  return (
    <RadioGroup
      className={styles.question ?? ''}
      orientation="horizontal"
      value={value === null ? null : value ? 'yes' : 'no'}
      onChange={(answer) => onAnswer(answer === 'yes')}
      data-testid={testId}
    >
      <Label>{question}</Label>
      {(['yes', 'no'] as const).map((answer) => (
        <RadioField key={answer} value={answer}>
          <RadioButton className={radio.radio ?? ''} data-testid={`${testId}-${answer}`}>
            <span className={radio.ring} />
            <span>{t(`check.${answer}`)}</span>
          </RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  );
}
