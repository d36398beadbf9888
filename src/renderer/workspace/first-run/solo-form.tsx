import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from 'react-aria-components/FieldError';
import { Form } from 'react-aria-components/Form';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import type { IpcReply } from '../../../shared/contract/ipc';
import type { SoloField, SoloForm as Typed, SoloView } from '../../../shared/contract/solo';
import { SOLO_FORMS } from '../../../shared/lib/solo-forms';
import { useDesk } from '../../bridge/desk';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import { Problem } from '../../components/problem';
import styles from './solo-setup.module.css';

type Reply = IpcReply<'solo:save'> | 'gone' | null;

/** Keys go from here to main and nowhere else; a key that is kept never comes back to this window. */
export function SoloForm({ view, onSaved }: { view: SoloView['platforms'][number]; onSaved: () => void }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { fields } = SOLO_FORMS[view.platform];
  const shown = (name: SoloField) => view.fields.find((one) => one.field === name);
  const [typed, setTyped] = useState<Typed>(() =>
    Object.fromEntries(fields.map(({ field: name }) => [name, shown(name)?.value ?? ''])),
  );
  const [reply, setReply] = useState<Reply>(null);
  const save = () => {
    desk.request('solo:save', { platform: view.platform, form: typed }).then(
      (answer) => {
        setReply(answer);
        if (answer.ok) onSaved();
      },
      (error: unknown) => {
        reportError(error);
        setReply('gone');
      },
    );
  };
  const fault = reply !== null && reply !== 'gone' && !reply.ok ? reply : undefined;
  return (
    <Form
      className={styles.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {fields.map(({ field: name, secret, made, usual, part }) => (
        <TextField
          key={name}
          className={field.field ?? ''}
          value={typed[name] ?? ''}
          onChange={(value) => setTyped({ ...typed, [name]: value })}
          maxLength={4096}
          type={secret ? 'password' : 'text'}
          autoComplete="off"
          isInvalid={fault?.field === name}
        >
          <Label className={field.label ?? ''}>
            {t(`solo.field.${name}`)}
            {part === 'api' && <span className={field.about}> ({t('solo.optional')})</span>}
          </Label>
          <Input
            className={field.input ?? ''}
            data-testid={`solo-${view.platform}-${name}`}
            placeholder={shown(name)?.set && secret ? t('solo.kept') : made ? t('solo.made') : (usual ?? '')}
            dir="ltr"
            spellCheck={false}
          />
          <FieldError className={field.error ?? ''}>{fault && t(`solo.fault.${fault.fault}`)}</FieldError>
        </TextField>
      ))}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" testId={`solo-save-${view.platform}`}>
          {t('solo.save')}
        </Button>
      </div>
      <Problem words={reply === 'gone' ? t('problem.no_answer') : null} />
    </Form>
  );
}
