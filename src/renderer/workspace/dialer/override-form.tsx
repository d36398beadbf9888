import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import styles from './lead-actions.module.css';

/** As short as a reason may be, and as long (`startCallSchema`). */
const REASON = { min: 3, max: 500 } as const;

/** For supervisors: call although a rule says no. The reason is kept with the call. */
export function OverrideForm({ pending, onOverride }: { pending: boolean; onOverride: (reason: string) => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <div>
        <Button kind="plain" testId="lead-override" onPress={() => setOpen(true)}>
          {t('override.offer')}
        </Button>
      </div>
    );
  }
  const given = reason.trim();
  return (
    <div className={styles.override}>
      <label className={styles.reason}>
        <span className={field.label}>{t('override.reason')}</span>
        <input
          className={field.input}
          dir="auto"
          maxLength={REASON.max}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <Button isDisabled={given.length < REASON.min} isPending={pending} onPress={() => onOverride(given)}>
        {t('override.call')}
      </Button>
      <p className={field.about}>{t('override.about')}</p>
    </div>
  );
}
