import { useTranslation } from 'react-i18next';
import page from '../settings/settings-page.module.css';
import { DeskCheckPanel } from './desk-check-panel';

/** The desk check by itself, before a shift. */
export function DeskCheckPage({ live }: { live: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={page.page}>
      <div className={page.column}>
        <h1 className={page.title}>{t('check.title')}</h1>
        <DeskCheckPanel live={live} />
      </div>
    </div>
  );
}
