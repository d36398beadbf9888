import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { DeskMode } from '../../../shared/contract/views';
import { Icon, type IconName } from '../../components/icon';
import styles from './doors.module.css';

export type Door = DeskMode;

const DOORS = [
  { door: 'practice', icon: 'flask' },
  { door: 'solo', icon: 'calls' },
  { door: 'team', icon: 'person' },
] as const satisfies readonly { door: Door; icon: IconName }[];

/** Where calls come from: three buttons, also on the keys 1 to 3. */
export function Doors({ mode, onDoor }: { mode: DeskMode; onDoor: (door: Door) => void }) {
  const { t } = useTranslation();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      const chosen = DOORS.find((_, index) => event.code === `Digit${index + 1}` || event.key === String(index + 1));
      if (chosen !== undefined) onDoor(chosen.door);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onDoor]);
  return (
    <>
      <p>{t('door.about')}</p>
      <ol className={styles.doors}>
        {DOORS.map(({ door, icon }, index) => (
          <li key={door}>
            <AriaButton className={styles.door ?? ''} data-testid={`door-${door}`} onPress={() => onDoor(door)}>
              <Icon name={icon} size={20} />
              <span className={styles.words}>
                <span className={styles.name}>
                  {t(`door.${door}`)}
                  {door === mode && <span className={styles.now}> {t('door.now')}</span>}
                </span>
                <span className={styles.about}>{t(`door.${door}_about`)}</span>
              </span>
              <kbd className={styles.key} aria-hidden="true">
                {index + 1}
              </kbd>
            </AriaButton>
          </li>
        ))}
      </ol>
    </>
  );
}
