import { useTranslation } from 'react-i18next';
import type { StorageView } from '../../../shared/contract/outcomes';
import { Banner } from '../../components/banner';

/** "Saved here" is a promise: where it cannot be kept over a restart, that is said before anything is typed. */
export function StorageWarning({ storage }: { storage: StorageView }) {
  const { t } = useTranslation();
  if (storage.kept === 'memory') {
    return (
      <Banner tone="blocked" icon="alert" testId="storage-memory">
        {t(`storage.${storage.why}`)} {t('storage.memory')}
      </Banner>
    );
  }
  if (storage.set_aside === undefined) return null;
  return (
    <Banner tone="waiting" icon="info" testId="storage-set-aside">
      {t('storage.set_aside', { file: storage.set_aside })}
    </Banner>
  );
}
