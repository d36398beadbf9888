import { useTranslation } from 'react-i18next';
import type { CallView } from '../../shared/contract/views';
import styles from './facts.module.css';
import { Icon, type IconName } from './icon';
import { Masked } from './masked';
import { Section } from './section';
import { readableTerm } from './trigger';

const icons: Record<CallView['facts'][number]['kind'], IconName> = {
  tool: 'check',
  field: 'info',
  promise: 'check',
  amount: 'info',
  date: 'clock',
};

/** What the AI already did or said, not to be repeated or contradicted. Shows nothing when it did nothing. */
export function Facts({
  facts,
  privacy,
  limit = facts.length,
}: {
  facts: CallView['facts'];
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
            <div key={`${fact.kind} ${fact.label} ${index}`} className={styles.fact}>
              <dt className={styles.label}>
                <Icon name={icons[fact.kind]} />
                <span className="visually-hidden">{t(`facts.${fact.kind}`)}: </span>
                <bdi>{readableTerm(fact.label)}</bdi>
              </dt>
              <dd className={styles.value} dir="auto">
                {fact.value}
              </dd>
            </div>
          ))}
        </dl>
      </Masked>
      {more > 0 && <p className={styles.more}>{t('facts.more', { count: more })}</p>}
    </Section>
  );
}
