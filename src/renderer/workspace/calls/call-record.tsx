import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../shared/contract/views';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { useDispositionWords } from '../../components/disposition';
import { Recording } from '../../components/recording';
import { Section } from '../../components/section';
import { money, timer, whenShort, wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './call-record.module.css';

/** The dry facts: outcomes side by side, length, where it came from. */
export function CallRecord({ call }: { call: CallView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const dispositionWords = useDispositionWords();
  const { ended_at: endedAt } = call;
  const ended = useTicking((now) => (endedAt === undefined ? '' : whenShort(endedAt, now, locale)), NO_SECONDS);
  const lines: [string, string][] = [];
  if (call.ai_disposition !== undefined) lines.push([t('detail.outcome_ai'), dispositionWords(call.ai_disposition)]);
  if (call.agent_disposition !== undefined) {
    lines.push([t('detail.outcome_agent'), dispositionWords(call.agent_disposition)]);
  }
  if (call.agent_amount !== undefined) lines.push([t('detail.amount'), money(call.agent_amount, locale)]);
  if (call.duration_s !== undefined) lines.push([t('detail.duration'), timer(call.duration_s * 1000, locale)]);
  if (endedAt !== undefined) lines.push([t('detail.ended'), ended]);
  if (call.qa_score !== undefined) lines.push([t('detail.qa_score'), wholeNumber(call.qa_score, locale)]);
  lines.push([t('detail.platform'), call.platform_label], [t('detail.id'), call.call]);
  return (
    <Section title={t('detail.title')}>
      <dl className={styles.record}>
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
        {call.recording !== undefined && (
          <div>
            <dt>{t('detail.recording')}</dt>
            <dd>
              <Recording call={call.call} recording={call.recording} />
            </dd>
          </div>
        )}
      </dl>
    </Section>
  );
}
