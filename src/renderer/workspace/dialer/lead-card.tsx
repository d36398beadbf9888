import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadView, PreviewTimerView, PreviewView } from '../../../shared/contract/dialer-views';
import { Badge } from '../../components/badge';
import { Banner } from '../../components/banner';
import { HistoryLine } from '../../components/history-line';
import { Icon } from '../../components/icon';
import { languageName } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { LaterDialog } from './later-dialog';
import { LeadActions } from './lead-actions';
import styles from './lead-card.module.css';
import { LeadNumbers } from './lead-numbers';
import { LeadRecord } from './lead-record';
import { NeverDialog } from './never-dialog';
import { NextLead } from './no-lead';
import { PreviewTimer } from './preview-timer';
import { useSight } from './use-sight';
import { Verdict } from './verdict';

type Lease = Extract<PreviewView, { state: 'open' }>['lease'];

/** One lead, read before it is called: who, every number, what the rules say, what can be done, what is known. */
export function LeadCard({
  lead,
  lease,
  timer,
  supervisor,
  callKey,
  calling,
}: {
  lead: LeadView;
  lease: Lease;
  /** What happens by itself; undefined: nothing. */
  timer: PreviewTimerView | undefined;
  supervisor: boolean;
  /** Ctrl+Enter calls; not while it saves an outcome beside the lead. */
  callKey: boolean;
  /** A call to this lead was asked for and is not clear yet. */
  calling: boolean;
}) {
  useSight(lead.id);
  const [open, setOpen] = useState<'later' | 'never' | null>(null);
  const chosen = lead.numbers.find(({ e164 }) => e164 === lead.chosen) ?? lead.numbers[0];
  const lost = lease.state === 'lost';
  if (chosen === undefined) return null;
  return (
    <article className={styles.card} data-testid="lead" data-lead={lead.id}>
      {lease.state === 'lost' && <Lost why={lease.why} />}
      <LeadHead lead={lead} />
      <LeadNumbers lead={lead} />
      <Verdict verdict={chosen.verdict} />
      {timer !== undefined && !lost && <PreviewTimer lead={lead.id} timer={timer} />}
      {!lost && (
        <LeadActions
          lead={lead}
          number={chosen}
          supervisor={supervisor}
          callKey={callKey}
          calling={calling}
          onLater={() => setOpen('later')}
          onNever={() => setOpen('never')}
        />
      )}
      <LeadRecord lead={lead} />
      <LaterDialog lead={lead} number={chosen} isOpen={open === 'later'} onClose={() => setOpen(null)} />
      <NeverDialog lead={lead} number={chosen} isOpen={open === 'never'} onClose={() => setOpen(null)} />
    </article>
  );
}

function Lost({ why }: { why: Extract<Lease, { state: 'lost' }>['why'] }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Banner tone="waiting" icon="alert" testId="lead-lost" action={<NextLead />}>
        {t(`dialer.lost_${why}`)}
      </Banner>
    </div>
  );
}

function LeadHead({ lead }: { lead: LeadView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { list } = lead;
  return (
    <header className={styles.head}>
      <p className={styles.marks}>
        <Badge tone={lead.why === 'my_callback' || lead.why === 'queue_callback' ? 'waiting' : 'accent'}>
          {t(`dialer.why_${lead.why}`)}
        </Badge>
        <Badge>
          <span className="visually-hidden">{t('dialer.list')}: </span>
          <bdi title={list.name}>{list.name}</bdi>
        </Badge>
        <Badge>{t(`purpose.${list.purpose}`)}</Badge>
        {lead.language !== undefined && <Badge>{languageName(lead.language, locale)}</Badge>}
        {lead.history.state === 'ready' && lead.history.dnc === true && (
          <Badge tone="blocked" icon="blocked" why={t('mark.dnc_why')}>
            {t('mark.dnc')}
          </Badge>
        )}
      </p>
      <h2 className={styles.name} dir="auto" title={lead.name} data-testid="lead-name">
        {lead.name ?? t('who.unnamed')}
      </h2>
      <HistoryLine history={lead.history} />
      {lead.callback !== undefined && (
        <p className={styles.promise}>
          <Icon name="clock" />
          <span dir="auto">
            {lead.callback.note === undefined
              ? t('dialer.promised')
              : t('dialer.promised_note', { note: lead.callback.note })}
          </span>
        </p>
      )}
    </header>
  );
}
