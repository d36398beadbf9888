import { useTranslation } from 'react-i18next';
import type { HeldRow, ListRow, ListsView } from '../../../shared/contract/list-views';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { useCommand } from '../../bridge/use-command';
import { BackButton } from '../../components/back-button';
import { Button } from '../../components/button';
import styles from '../../components/detail.module.css';
import { Problem } from '../../components/problem';
import { Section } from '../../components/section';
import { whenShort, wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { HeldLeads } from './held-leads';
import { ListLeads } from './list-leads';
import { PreviewForm } from './preview-form';
import { ListBadge } from './list-row-button';
import { ListSegments } from './list-segments';
import { Simulation } from './simulation';
import { WorkForm } from './work-form';

const COUNTS = ['ready', 'later', 'blocked', 'held', 'done', 'exhausted', 'removed', 'dnc'] as const;

/** One list: where its leads are, what a shift would bring, who holds which lead. */
export function ListDetail({
  list,
  open,
  held,
  onBack,
}: {
  list: ListRow;
  open: NonNullable<ListsView['open']>;
  held: readonly HeldRow[];
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const simulate = useCommand('lists:simulate');
  const pause = useCommand('lists:set-paused');
  const { next_at: nextAt } = list;
  const next = useTicking((now) => (nextAt === undefined ? '' : whenShort(nextAt, now, locale)), NO_SECONDS);
  return (
    <article className={styles.detail} data-testid="list-detail">
      <BackButton onPress={onBack} />
      <header className={styles.head}>
        <h2 className={styles.name} dir="auto">
          {list.name}
        </h2>
        <p className={styles.marks}>
          <ListBadge list={list} />
          <span className={styles.soft}>
            {t(`purpose.${list.purpose}`)} · {t(`call_kind.${list.kind}`)}
            {list.platform_label !== undefined && ` · ${list.platform_label}`}
          </span>
        </p>
        {!list.open_now && nextAt !== undefined && <p>{t('lists.opens', { time: next })}</p>}
        <div className={styles.actions}>
          <Button
            testId="list-pause"
            isPending={list.changing}
            onPress={() => pause.run({ list: list.id, paused: !list.paused })}
          >
            {list.paused ? t('campaigns.resume') : t('campaigns.pause')}
          </Button>
          <Button
            testId="list-simulate"
            isPending={open.simulation?.state === 'running'}
            onPress={() => simulate.run({ list: list.id })}
          >
            {t('lists.simulate')}
          </Button>
          <Problem words={pause.problem} />
        </div>
      </header>
      <Section title={t('lists.leads')}>
        <dl className={styles.numbers}>
          {COUNTS.map((name) => (
            <div key={name}>
              <dt>{t(`lead_state.${name}`)}</dt>
              <dd>{wholeNumber(list.counts[name], locale)}</dd>
            </div>
          ))}
        </dl>
      </Section>
      {list.segments.length > 0 && (
        <Section title={t('lists.segments')}>
          <ListSegments list={list} />
        </Section>
      )}
      <Section title={t('lists.preview')}>
        <PreviewForm key={`${list.id} ${list.preview.seconds} ${list.preview.action}`} list={list} />
      </Section>
      <WorkForm list={list} />
      {open.simulation !== null && <Simulation simulation={open.simulation} />}
      <Section title={t('lists.leads_of')}>
        <ListLeads open={open} />
      </Section>
      <Section title={t('lists.held')}>
        <HeldLeads held={held} />
      </Section>
    </article>
  );
}
