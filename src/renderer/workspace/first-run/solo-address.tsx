import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form } from 'react-aria-components/Form';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import type { SoloView } from '../../../shared/contract/solo';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import { Problem } from '../../components/problem';
import { useSettings } from '../settings/use-settings';
import styles from './solo-setup.module.css';

/** Where the relay on this computer is reached: the port, and the tunnel or proxy in front of it. */
export function SoloAddress({ solo, onSaved }: { solo: SoloView; onSaved: () => void }) {
  const { t } = useTranslation();
  const settings = useSettings();
  const [port, setPort] = useState(new URL(solo.local).port);
  const [publicUrl, setPublicUrl] = useState(solo.public_url ?? '');
  if (settings.state !== 'ready') return null;
  const { save, settings: now, problem } = settings;
  return (
    <Form
      className={styles.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        const url = publicUrl.trim();
        save({ ...now, solo: { port: Number(port), ...(url === '' ? {} : { public_url: url }) } }, onSaved);
      }}
    >
      <p className={field.about}>{t('solo.loopback', { address: solo.local })}</p>
      <TextField className={field.field ?? ''} value={publicUrl} onChange={setPublicUrl} maxLength={300} type="url">
        <Label className={field.label ?? ''}>{t('solo.public_url')}</Label>
        <Input
          className={field.input ?? ''}
          data-testid="solo-public-url"
          placeholder="https://desk.example.com"
          dir="ltr"
          spellCheck={false}
        />
      </TextField>
      <TextField className={field.field ?? ''} value={port} onChange={setPort} maxLength={5}>
        <Label className={field.label ?? ''}>{t('solo.port')}</Label>
        <Input className={field.input ?? ''} data-testid="solo-port" inputMode="numeric" dir="ltr" />
      </TextField>
      <div className={styles.buttons}>
        <Button type="submit" testId="solo-address-save">
          {t('solo.save_address')}
        </Button>
      </div>
      <Problem words={problem} />
    </Form>
  );
}
