import { useTranslation } from 'react-i18next';
import { Button } from './button';
import styles from './detail.module.css';
import { Icon } from './icon';

/** From one thing back to its list, where both have no place beside each other. */
export function BackButton({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.back}>
      <Button kind="plain" onPress={onPress}>
        <Icon name="back" />
        {t('calls.back')}
      </Button>
    </div>
  );
}
