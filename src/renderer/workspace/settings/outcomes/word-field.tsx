import { useState } from 'react';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import field from '../../../components/field.module.css';

/** A word that is kept when the field is left or Enter is pressed; Escape takes it back. */
export function WordField({
  label,
  lang,
  word,
  maxLength,
  testId,
  onWord,
}: {
  label: string;
  lang?: string;
  word: string;
  maxLength: number;
  testId: string;
  onWord: (word: string) => void;
}) {
  const [typed, setTyped] = useState(word);
  const keep = () => {
    if (typed.trim() !== word) onWord(typed.trim());
  };
  return (
    <TextField
      className={field.field ?? ''}
      value={typed}
      onChange={setTyped}
      maxLength={maxLength}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') setTyped(word);
      }}
    >
      <Label className={field.label ?? ''} lang={lang}>
        {label}
      </Label>
      <Input className={field.input ?? ''} lang={lang} data-testid={testId} />
    </TextField>
  );
}
