import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SoloView } from '../../../shared/contract/solo';
import { SOLO_FORMS } from '../../../shared/lib/solo-forms';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import { Problem } from '../../components/problem';
import styles from './solo-setup.module.css';

type Said = 'copied' | 'registered' | null;

/** What the platform must be given. A secret goes to the clipboard without being shown. */
export function SoloDelivery({
  view: { platform, address },
  isPublic,
  onRemoved,
}: {
  view: SoloView['platforms'][number];
  /** Platforms elsewhere can reach this computer. */
  isPublic: boolean;
  onRemoved: () => void;
}) {
  const { t } = useTranslation();
  const copy = useCommand('solo:copy');
  const register = useCommand('solo:register');
  const remove = useCommand('solo:remove');
  const [said, setSaid] = useState<Said>(null);
  const { label, registers } = SOLO_FORMS[platform];
  const take = (what: 'address' | 'secret') => copy.run({ platform, what }, (ok) => setSaid(ok ? 'copied' : null));
  return (
    <div className={styles.delivery}>
      <span className={field.label}>{t('solo.address', { platform: label })}</span>
      <code className={styles.address} dir="ltr">
        {address}
      </code>
      {!isPublic && <p className={field.about}>{t('solo.only_here')}</p>}
      <div className={styles.buttons}>
        <Button testId={`solo-copy-${platform}`} onPress={() => take('address')}>
          {t('solo.copy_address')}
        </Button>
        {platform !== 'infer' && <Button onPress={() => take('secret')}>{t('solo.copy_secret')}</Button>}
        {registers && isPublic && (
          <Button
            isPending={register.pending}
            onPress={() => register.run({ platform }, (ok) => setSaid(ok ? 'registered' : null))}
          >
            {t('solo.register', { platform: label })}
          </Button>
        )}
        <Button kind="plain" testId={`solo-remove-${platform}`} onPress={() => remove.run({ platform }, onRemoved)}>
          {t('solo.remove')}
        </Button>
      </div>
      <p role="status">{said !== null && t(`solo.${said}`)}</p>
      <Problem words={copy.problem ?? register.problem ?? remove.problem} />
    </div>
  );
}
