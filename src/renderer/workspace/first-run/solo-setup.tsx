import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SoloPlatform } from '../../../shared/contract/solo';
import { SOLO_FORMS } from '../../../shared/lib/solo-forms';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { Icon } from '../../components/icon';
import { SoloAddress } from './solo-address';
import { SoloDelivery } from './solo-delivery';
import { SoloForm } from './solo-form';
import styles from './solo-setup.module.css';
import { useSolo } from './use-solo';

/**
 * One agent's own platforms: their keys, and the address that each must be given.
 * @param onReady given where this is a page's whole content, and not a part of Settings
 */
export function SoloSetup({ onReady }: { onReady?: () => void }) {
  const { t } = useTranslation();
  const { solo, read } = useSolo();
  const [open, setOpen] = useState<SoloPlatform | null>(null);
  if (solo === null) return <EmptyState icon="hourglass" title={t('settings.loading')} />;
  const saved = () => {
    setOpen(null);
    read();
  };
  const ready = solo.platforms.some(({ set }) => set);
  const Heading = onReady === undefined ? 'h3' : 'h2';
  return (
    <div className={styles.setup} data-testid="solo-setup">
      <p>{t('solo.about')}</p>
      {!solo.keychain && (
        <Banner tone="waiting" icon="info" testId="solo-no-keychain">
          {t('solo.no_keychain')}
        </Banner>
      )}
      <ul className={styles.platforms}>
        {solo.platforms.map((one) => {
          const { platform, set } = one;
          const { label } = SOLO_FORMS[platform];
          const isOpen = open === platform;
          return (
            <li key={platform} className={styles.platform}>
              <div className={styles.head}>
                <Heading className={styles.name}>{label}</Heading>
                <span className={styles.state} data-set={set || undefined}>
                  {set && <Icon name="check" />}
                  {t(set ? 'solo.set' : 'solo.not_set')}
                </span>
                <Button
                  testId={`solo-open-${platform}`}
                  aria-expanded={isOpen}
                  onPress={() => setOpen(isOpen ? null : platform)}
                >
                  {t(isOpen ? 'solo.close' : set ? 'solo.change' : 'solo.set_up')}
                  <span className="visually-hidden">: {label}</span>
                </Button>
              </div>
              {isOpen && <SoloForm view={one} onSaved={saved} />}
              {set && <SoloDelivery view={one} isPublic={solo.public_url !== undefined} onRemoved={read} />}
            </li>
          );
        })}
      </ul>
      <SoloAddress solo={solo} onSaved={read} />
      {onReady !== undefined && (
        <div>
          <Button kind="primary" testId="solo-ready" isDisabled={!ready} onPress={onReady}>
            {t('solo.use')}
          </Button>
        </div>
      )}
    </div>
  );
}
