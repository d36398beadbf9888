import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form } from 'react-aria-components/Form';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import { Problem } from '../../components/problem';
import form from '../settings/team-form.module.css';

/** The code from the team's administrator. What it leads to is shown before anything is sent. */
export function InviteForm({ onRead }: { onRead: () => void }) {
  const { t } = useTranslation();
  const { run, pending, problem } = useCommand('team:read-invite');
  const [code, setCode] = useState('');
  const [address, setAddress] = useState('');
  return (
    <Form
      className={form.form ?? ''}
      aria-labelledby="invite-title"
      onSubmit={(event) => {
        event.preventDefault();
        run({ code: code.trim(), address: address.trim() }, (ok) => {
          if (ok) onRead();
        });
      }}
    >
      <h2 id="invite-title" className={form.title}>
        {t('join.by_invite')}
      </h2>
      <p className={field.about}>{t('join.by_invite_about')}</p>
      <TextField className={field.field ?? ''} value={code} onChange={setCode} isRequired maxLength={400}>
        <Label className={field.label ?? ''}>{t('join.code')}</Label>
        <Input
          className={field.input ?? ''}
          data-testid="invite-code"
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
        />
      </TextField>
      <TextField className={field.field ?? ''} value={address} onChange={setAddress} maxLength={300}>
        <Label className={field.label ?? ''}>{t('join.address')}</Label>
        <Input
          className={field.input ?? ''}
          data-testid="invite-address"
          placeholder={t('settings.relay_example')}
          dir="ltr"
          spellCheck={false}
        />
      </TextField>
      <div className={form.end}>
        <Button type="submit" kind="primary" testId="invite-read" isPending={pending}>
          {t('join.next')}
        </Button>
        <Problem words={problem} />
      </div>
    </Form>
  );
}
