import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from 'react-aria-components/FieldError';
import { Form } from 'react-aria-components/Form';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import { Problem } from '../../components/problem';
import styles from './team-form.module.css';

/** Joins a team's relay. The token is typed here, handed to main and forgotten; it never comes back to this window. */
export function TeamForm({ relay: known, onJoined }: { relay: string; onJoined?: () => void }) {
  const { t } = useTranslation();
  const { run, pending, problem } = useCommand('team:join');
  const [relay, setRelay] = useState(known);
  const [token, setToken] = useState('');
  const [joined, setJoined] = useState(false);
  return (
    <Form
      className={styles.form ?? ''}
      aria-labelledby="team-form-title"
      onSubmit={(event) => {
        event.preventDefault();
        setJoined(false);
        run({ relay: relay.trim(), token: token.trim() }, (ok) => {
          setJoined(ok);
          if (!ok) return;
          setToken('');
          onJoined?.();
        });
      }}
    >
      <h3 id="team-form-title" className={styles.title}>
        {t('settings.join')}
      </h3>
      <p className={field.about}>{t('settings.join_about')}</p>
      <TextField className={field.field ?? ''} value={relay} onChange={setRelay} isRequired maxLength={300} type="text">
        <Label className={field.label ?? ''}>{t('settings.relay')}</Label>
        <Input
          className={field.input ?? ''}
          data-testid="team-relay"
          placeholder={t('settings.relay_example')}
          dir="ltr"
          spellCheck={false}
        />
        <FieldError className={field.error ?? ''}>{t('settings.fill_in')}</FieldError>
      </TextField>
      <TextField
        className={field.field ?? ''}
        value={token}
        onChange={setToken}
        isRequired
        maxLength={500}
        type="password"
        autoComplete="off"
      >
        <Label className={field.label ?? ''}>{t('settings.token')}</Label>
        <Input className={field.input ?? ''} data-testid="team-token" dir="ltr" spellCheck={false} />
        <FieldError className={field.error ?? ''}>{t('settings.fill_in')}</FieldError>
      </TextField>
      <div className={styles.end}>
        <Button type="submit" kind="primary" testId="team-join" isPending={pending}>
          {pending ? t('settings.joining') : t('settings.join_button')}
        </Button>
        <span role="status">{joined && t('settings.joined')}</span>
        <Problem words={problem} />
      </div>
    </Form>
  );
}
