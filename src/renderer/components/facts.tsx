import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { FactView } from '../../shared/contract/views';
import { NO_SECONDS, useTicking } from '../bridge/clock';
import { dateOf, whenWithTime } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import { useDispositionWords } from './disposition';
import styles from './facts.module.css';
import { Icon, type IconName } from './icon';
import { Masked } from './masked';
import { Section } from './section';
import { readableTerm } from './trigger';

const icons: Record<FactView['kind'], IconName> = {
  tool: 'check',
  field: 'info',
  promise: 'check',
  amount: 'info',
  date: 'clock',
  callback: 'clock',
};

/** Names of fields that platforms and their customers commonly use; others are shown as they came. */
const KNOWN_LABELS = [
  'amount_due',
  'outstanding_amount',
  'loan_amount',
  'emi_amount',
  'late_fee',
  'due_date',
  'days_past_due',
  'appointment',
  'delivery',
] as const;

const DAY = /^\d{4}-\d\d-\d\d$/;
/** RFC 3339, in whatever zone. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;
const NUMBER = /^\d{1,15}(\.\d{1,4})?$/;

/** What the AI already did or said, not to be repeated or contradicted. Shows nothing when it did nothing. */
export function Facts({
  facts,
  privacy,
  limit = facts.length,
}: {
  facts: readonly FactView[];
  privacy: boolean;
  /** Most facts shown; the rest is counted. */
  limit?: number;
}) {
  const { t } = useTranslation();
  if (facts.length === 0) return null;
  const more = facts.length - limit;
  return (
    <Section title={t('facts.title')}>
      <Masked on={privacy} label={t('who.masked_facts')}>
        <dl className={styles.facts}>
          {facts.slice(0, limit).map((fact, index) => (
            <Fact key={`${fact.kind} ${index}`} fact={fact} />
          ))}
        </dl>
      </Masked>
      {more > 0 && <p className={styles.more}>{t('facts.more', { count: more })}</p>}
    </Section>
  );
}

function Fact({ fact }: { fact: FactView }) {
  const { t } = useTranslation();
  const words = useFactWords();
  const value = useTicking((now) => words(fact, now), NO_SECONDS);
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>
        <Icon name={icons[fact.kind]} />
        {'label' in fact ? (
          <>
            <span className="visually-hidden">{t(`facts.${fact.kind}`)}: </span>
            <bdi>{labelWords(fact.label, t)}</bdi>
          </>
        ) : (
          t(`facts.${fact.kind}`)
        )}
      </dt>
      <dd className={styles.value} dir="auto">
        {value}
      </dd>
    </div>
  );
}

function labelWords(label: string, t: TFunction): string {
  const known = KNOWN_LABELS.find((name) => name === label);
  return known === undefined ? readableTerm(label) : t(`fact_label.${known}`);
}

/** A fact's value as people say it: outcomes by their words, days, instants and amounts as the locale writes them. */
function useFactWords(): (fact: FactView, now: number) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const dispositionWords = useDispositionWords();
  return (fact, now) => {
    if (fact.kind === 'promise') return dispositionWords(fact.disposition);
    if (fact.kind === 'callback') return whenWithTime(fact.at, now, locale);
    const { kind, value } = fact;
    if (DAY.test(value)) return dateOf(value, locale);
    if (INSTANT.test(value)) return whenWithTime(Date.parse(value), now, locale);
    if (kind === 'amount' && NUMBER.test(value)) return new Intl.NumberFormat(locale).format(Number(value));
    if (value === 'true' || value === 'false') return t(value === 'true' ? 'facts.yes' : 'facts.no');
    return value;
  };
}
