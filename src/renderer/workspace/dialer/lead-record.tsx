import { useTranslation } from 'react-i18next';
import type { LeadView } from '../../../shared/contract/dialer-views';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { useDispositionWords } from '../../components/disposition';
import { Section } from '../../components/section';
import { readableTerm } from '../../components/trigger';
import { whenShort } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './lead-record.module.css';
import { useReasonWords } from './lead-reasons';

/** What is known of the customer: the file's own fields, consent, every earlier attempt, what was done with the lead. */
export function LeadRecord({ lead }: { lead: LeadView }) {
  const { t } = useTranslation();
  return (
    <div className={styles.record}>
      <div className={styles.part}>
        <Section title={t('dialer.fields')}>
          <Fields lead={lead} />
        </Section>
      </div>
      <div className={styles.part}>
        <Section title={t('dialer.past')}>
          <Attempts attempts={lead.attempts} />
        </Section>
        {lead.trail.length > 0 && (
          <Section title={t('dialer.trail')}>
            <Trail trail={lead.trail} />
          </Section>
        )}
      </div>
    </div>
  );
}

function Fields({ lead: { fields, consent, segment } }: { lead: LeadView }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.fields}>
      <div>
        <dt>{t('dialer.consent')}</dt>
        <dd>{consent === undefined ? t('dialer.consent_none') : <Consent consent={consent} />}</dd>
      </div>
      {segment !== undefined && (
        <div>
          <dt>{t('dialer.segment')}</dt>
          <dd dir="auto">{segment}</dd>
        </div>
      )}
      {fields.map(({ name, value }) => (
        <div key={name}>
          <dt dir="auto">{readableTerm(name)}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Consent({ consent }: { consent: NonNullable<LeadView['consent']> }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { given_at: at, level, source } = consent;
  const date = useTicking((now) => (at === undefined ? '' : whenShort(at, now, locale)), NO_SECONDS);
  return (
    <>
      {t(`dialer.consent_${level}`)}
      {at !== undefined && `, ${date}`}
      {source !== undefined && (
        <>
          {' · '}
          <bdi>{source}</bdi>
        </>
      )}
    </>
  );
}

function Attempts({ attempts }: Pick<LeadView, 'attempts'>) {
  const { t } = useTranslation();
  if (attempts.length === 0) return <p className={styles.soft}>{t('dialer.never_called')}</p>;
  return (
    <ul className={styles.list}>
      {attempts.map((attempt) => (
        <Attempt key={`${attempt.at} ${attempt.phone.raw}`} attempt={attempt} />
      ))}
    </ul>
  );
}

function Attempt({ attempt }: { attempt: LeadView['attempts'][number] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const disposition = useDispositionWords();
  const when = useTicking((now) => whenShort(attempt.at, now, locale), NO_SECONDS);
  const { value, outcome } = attempt;
  return (
    <li>
      <span className={styles.soft}>{when}</span>{' '}
      {value === undefined ? t(`attempt.${outcome ?? 'under_way'}`) : disposition(value)}{' '}
      <span className={styles.soft}>
        <bdi>{attempt.phone.national ?? attempt.phone.raw}</bdi> · <bdi>{attempt.agent}</bdi>
      </span>
    </li>
  );
}

function Trail({ trail }: Pick<LeadView, 'trail'>) {
  return (
    <ul className={styles.list}>
      {trail.map((entry) => (
        <TrailEntry key={`${entry.at} ${entry.verb}`} entry={entry} />
      ))}
    </ul>
  );
}

function TrailEntry({ entry }: { entry: LeadView['trail'][number] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const reason = useReasonWords();
  const when = useTicking((now) => whenShort(entry.at, now, locale), NO_SECONDS);
  return (
    <li>
      <span className={styles.soft}>{when}</span> {t(`lead_verb.${entry.verb}`, { name: entry.agent })}
      {entry.reason !== undefined && <span className={styles.soft}> · {reason(entry.verb, entry.reason)}</span>}
      {entry.note !== undefined && <span dir="auto"> · {entry.note}</span>}
    </li>
  );
}
