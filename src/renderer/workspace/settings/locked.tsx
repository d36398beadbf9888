import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyView, SettingKey } from '../../../shared/contract/policy';
import { useDesk } from '../../bridge/desk';
import { EmptyState } from '../../components/empty-state';
import { Icon } from '../../components/icon';
import styles from './locked.module.css';

const PolicyContext = createContext<PolicyView | null>(null);

/**
 * Reads once what the company set (it changes with the next start at the earliest), and shows nothing that could be changed
 * before it is known. Where nobody says, nothing is taken as locked: main refuses a change anyway.
 */
export function PolicyProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const [policy, setPolicy] = useState<PolicyView | 'asking' | null>('asking');
  useEffect(() => {
    let current = true;
    desk.request('policy:get', {}).then(
      (read) => {
        if (current) setPolicy(read);
      },
      (error: unknown) => {
        reportError(error);
        if (current) setPolicy(null);
      },
    );
    return () => {
      current = false;
    };
  }, [desk]);
  if (policy === 'asking') return <EmptyState icon="hourglass" title={t('settings.loading')} />;
  return <PolicyContext value={policy}>{children}</PolicyContext>;
}

/** Null: nobody said. */
export const usePolicy = (): PolicyView | null => useContext(PolicyContext);

/** Settings that can be read but not changed when the company set them. Main refuses a change anyway. */
export function Locked({ keys, children }: { keys: readonly SettingKey[]; children: ReactNode }) {
  const { t } = useTranslation();
  const policy = usePolicy();
  if (!keys.some((key) => policy?.locked.includes(key))) return children;
  return (
    <fieldset className={styles.locked} disabled data-testid={`locked-${keys.join('-')}`}>
      <legend className={styles.legend}>
        <Icon name="shield" />
        {t('policy.set_by_company')}
      </legend>
      {children}
    </fieldset>
  );
}
