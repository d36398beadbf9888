import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Label } from 'react-aria-components/Label';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';

/** Every address of the team's relays, one a line: the desk moves on to the next when one goes silent. */
export function RelayAddresses({
  relays,
  onRelays,
}: {
  relays: readonly string[];
  onRelays: (relays: string[]) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(relays.join('\n'));
  const typed = text.split(/[\s,]+/).filter((relay) => relay !== '');
  const changed = typed.join() !== relays.join();
  return (
    <>
      <TextField className={field.field ?? ''} value={text} onChange={setText} maxLength={3_000}>
        <Label className={field.label ?? ''}>{t('settings.relays')}</Label>
        <TextArea
          className={field.input ?? ''}
          data-testid="team-relays"
          rows={Math.max(2, typed.length)}
          dir="ltr"
          spellCheck={false}
        />
      </TextField>
      {changed && (
        <div>
          <Button testId="team-relays-save" isDisabled={typed.length === 0} onPress={() => onRelays(typed)}>
            {t('settings.relays_save')}
          </Button>
        </div>
      )}
    </>
  );
}
