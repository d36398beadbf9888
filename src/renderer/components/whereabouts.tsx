import { useTranslation } from 'react-i18next';
import type { CallView } from '../../shared/contract/views';
import styles from './whereabouts.module.css';

/** Where the call is, only as far as events tell. */
export function Whereabouts({ call }: { call: Pick<CallView, 'transfer' | 'phase'> }) {
  const { t } = useTranslation();
  const { label, to, mode } = call.transfer;
  const number = to === undefined ? undefined : (to.national ?? to.raw);
  const target = [label, number].filter((part) => part !== undefined && part !== '').join(' · ');
  return (
    <dl className={styles.where}>
      <div>
        <dt>{t('where.to')}</dt>
        <dd>
          <bdi>{target === '' ? t('where.to_unknown') : target}</bdi>
          {mode !== 'unknown' && <>, {t(`where.${mode}`)}</>}
        </dd>
      </div>
      <div>
        <dt>{t('where.title')}</dt>
        <dd>{t(`phase.${call.phase}`)}</dd>
      </div>
    </dl>
  );
}
