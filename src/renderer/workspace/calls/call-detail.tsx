import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../shared/contract/views';
import { useOutcomes } from '../../bridge/outcomes';
import { Button } from '../../components/button';
import { Customer } from '../../components/customer';
import { EscalatedClock } from '../../components/escalated-clock';
import { Facts } from '../../components/facts';
import { Icon } from '../../components/icon';
import { Marks } from '../../components/marks';
import { NoTranscript } from '../../components/no-transcript';
import { Summary } from '../../components/summary';
import { useTriggerWords } from '../../components/trigger';
import { Whereabouts } from '../../components/whereabouts';
import { CallActions } from './call-actions';
import styles from './call-detail.module.css';
import { CallRecord } from './call-record';
import type { CallGroupName } from './group-calls';
import { SidePanel, type SideContent } from './side-panel';

/** Whether this agent has a word in how the call ended: it is theirs, or they have decided about it already. */
function useHasOutcome(call: CallView, group: CallGroupName): boolean {
  const outcomes = useOutcomes();
  return (
    call.claim.state === 'mine' ||
    group === 'wrapup' ||
    outcomes?.wrap_ups.some((wrapUp) => wrapUp.call === call.call) === true ||
    outcomes?.calls.some((known) => known.call === call.call) === true
  );
}

const isOver = (group: CallGroupName) => group === 'wrapup' || group === 'ended';

/** Taken by telephone and never claimed: a person was asked for, the call is over, and nobody has decided about it. */
function mayHaveTaken(call: CallView): boolean {
  const over = call.phase === 'ended' || call.phase === 'failed';
  const nobody = call.claim.state !== 'other' && call.agent_disposition === undefined;
  return over && nobody && call.escalated_at !== undefined;
}

/** Everything known of one call, in the order it is needed. */
export function CallDetail({
  call,
  group,
  decided = false,
  outcomeAsked = 0,
  onBack,
}: {
  call: CallView;
  group: CallGroupName;
  /** The caller knows of outcomes of this call, however old. */
  decided?: boolean;
  /** How often the outcome of this call was asked for: it comes up each time. */
  outcomeAsked?: number;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const triggerWords = useTriggerWords();
  const said = call.transcript.turns.length > 0;
  const content: SideContent[] = [];
  if (said) content.push('transcript');
  const [took, setTook] = useState(false);
  const hasOutcome = useHasOutcome(call, group) || decided || took || outcomeAsked > 0;
  if (hasOutcome) content.push('outcome');
  const [first, ...others] = content;
  return (
    <article className={styles.detail} data-testid="call-detail" data-call={call.call}>
      <div className={styles.back}>
        <Button kind="plain" onPress={onBack}>
          <Icon name="back" />
          {t('calls.back')}
        </Button>
      </div>
      <header className={styles.head}>
        <div className={styles.who}>
          <p className={styles.why}>
            <strong dir="auto">{triggerWords(call.trigger)}</strong>
            {call.escalated_at !== undefined && (
              <span className={styles.clock}>
                <EscalatedClock at={call.escalated_at} />
              </span>
            )}
          </p>
          <Customer call={call} privacy={false} compact>
            <Marks call={call} />
          </Customer>
        </div>
        <CallActions
          call={call}
          group={group}
          onTook={!hasOutcome && mayHaveTaken(call) ? () => setTook(true) : undefined}
        />
      </header>
      <div className={styles.columns} data-alone={first === undefined || undefined}>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region without its own controls needs a tab stop */}
        <div className={styles.column} tabIndex={0} role="region" aria-label={t('calls.details')}>
          <Summary summary={call.summary} platform={call.platform_label} privacy={false} transcript={call.transcript} />
          <Facts facts={call.facts} privacy={false} />
          {!said && <NoTranscript offered={call.transcript.offered} platform={call.platform_label} />}
          <Whereabouts call={call} />
          <CallRecord call={call} />
        </div>
        {first !== undefined && (
          <SidePanel
            call={call}
            moment={`${group} ${took} ${outcomeAsked}`}
            content={[first, ...others]}
            first={took || outcomeAsked > 0 || isOver(group) ? (content.at(-1) ?? first) : first}
          />
        )}
      </div>
    </article>
  );
}
