import { useTranslation } from 'react-i18next';
import type { CampaignRow } from '../../../shared/contract/campaign-views';
import { useTicking } from '../../bridge/clock';
import { whenWithTime } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';

/** Whose pause it is, and whether the campaign goes on by itself. */
export function PauseNote({ campaign: { status, paused_by: by, resumes_at: at } }: { campaign: CampaignRow }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const time = useTicking((now) => (at === undefined ? '' : whenWithTime(at, now, locale)));
  if (by === undefined || (status !== 'paused' && status !== 'unknown')) return null;
  if (by === 'person') return <>{t('campaigns.paused_person')}</>;
  return <>{at === undefined ? t('campaigns.paused_hours') : t('campaigns.paused_night', { time })}</>;
}
