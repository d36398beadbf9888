import { useTranslation } from 'react-i18next';
import type { CampaignForm } from '../../../shared/contract/campaign-views';
import { Section } from '../../components/section';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { BothClocks } from './both-clocks';
import styles from './campaign-plan.module.css';

/** What the campaign will be, in full, beside its contacts: read before it is made. */
export function CampaignPlan({ form, platform }: { form: CampaignForm; platform: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { name, purpose, script, language, schedule, max_attempts: attempts, retry_minutes: retry } = form;
  const time = (at: string | undefined, unsaid: string) =>
    at === undefined ? unsaid : <BothClocks at={Date.parse(at)} zone={schedule.zone} />;
  const lines = [
    { key: 'name', label: t('campaign_new.name'), value: <bdi>{name}</bdi> },
    { key: 'platform', label: t('campaign_new.platform'), value: platform },
    { key: 'purpose', label: t('import.purpose'), value: t(`purpose.${purpose}`) },
    ...(script === undefined ? [] : [{ key: 'script', label: t('campaign_new.script'), value: <bdi>{script}</bdi> }]),
    ...(language === undefined ? [] : [{ key: 'language', label: t('campaign_new.language'), value: language }]),
    { key: 'zone', label: t('campaign_new.zone'), value: schedule.zone },
    { key: 'start', label: t('campaign_new.start'), value: time(schedule.start, t('campaign_new.start_unsaid')) },
    { key: 'end', label: t('campaign_new.end'), value: time(schedule.end, t('campaign_new.end_unsaid')) },
    {
      key: 'attempts',
      label: t('campaign_new.attempts'),
      value: t('campaign_new.every', { n: wholeNumber(attempts, locale), minutes: wholeNumber(retry, locale) }),
    },
  ];
  return (
    <Section title={t('campaign_new.plan')}>
      <dl className={styles.plan} data-testid="campaign-plan">
        {lines.map(({ key, label, value }) => (
          <div key={key} className={styles.line}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
