import { useTranslation } from 'react-i18next';
import type { LeadNumber, LeadView } from '../../../shared/contract/dialer-views';
import { REJECT_REASONS, REMOVE_REASONS, SKIP_REASONS } from '../../../shared/lib/lead-reasons';
import { useKeys } from '../../bridge/keys';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { useChordWords } from '../../components/chord';
import { Icon } from '../../components/icon';
import { Problem } from '../../components/problem';
import { useKey } from '../keys/use-key';
import styles from './lead-actions.module.css';
import { OverrideForm } from './override-form';
import { ReasonMenu } from './reason-menu';

/** Call, and the five ways to put a lead aside: later, skip, to somebody else, out of the list, never. */
export function LeadActions({
  lead,
  number,
  supervisor,
  callKey,
  calling,
  onLater,
  onNever,
}: {
  lead: LeadView;
  /** The number that Call dials. */
  number: LeadNumber;
  supervisor: boolean;
  callKey: boolean;
  calling: boolean;
  onLater: () => void;
  onNever: () => void;
}) {
  const { t } = useTranslation();
  const keys = useKeys();
  const chordWords = useChordWords();
  const call = useCommand('dialer:call');
  const skip = useCommand('dialer:skip');
  const pass = useCommand('dialer:pass');
  const remove = useCommand('dialer:remove');
  const { verdict } = number;
  const allowed = verdict.state === 'allowed' && !calling;
  const dial = () => {
    if (allowed && !call.pending) call.run({ lead: lead.id, phone: number.e164 });
  };
  useKey('call', dial, callKey);
  useKey('later', onLater);
  useKey('never', onNever);
  const mayOverride =
    supervisor && verdict.state === 'blocked' && verdict.lines.every(({ overridable }) => overridable);
  return (
    <div className={styles.actions}>
      <div className={styles.bar}>
        <Button kind="primary" testId="lead-call" isDisabled={!allowed} isPending={call.pending} onPress={dial}>
          <Icon name="calls" />
          {lead.name === undefined ? t('dialer.call') : t('dialer.call_name', { name: firstWord(lead.name) })}
        </Button>
        <Button testId="lead-later" onPress={onLater}>
          {t('dialer.later')}
        </Button>
        {lead.list.may_skip && (
          <ReasonMenu
            label={t('dialer.skip')}
            action="skip"
            testId="lead-skip"
            pending={skip.pending}
            reasons={SKIP_REASONS.map((reason) => ({ reason, words: t(`skip_reason.${reason}`) }))}
            onReason={(reason) => skip.run({ lead: lead.id, reason })}
          />
        )}
        <ReasonMenu
          label={t('dialer.pass')}
          action="pass"
          testId="lead-pass"
          pending={pass.pending}
          reasons={REJECT_REASONS.map((reason) => ({ reason, words: t(`pass_reason.${reason}`) }))}
          onReason={(reason) => pass.run({ lead: lead.id, reason })}
        />
        <ReasonMenu
          label={t('dialer.remove')}
          action="remove"
          testId="lead-remove"
          pending={remove.pending}
          reasons={REMOVE_REASONS.map((reason) => ({ reason, words: t(`remove_reason.${reason}`) }))}
          onReason={(reason) => remove.run({ lead: lead.id, reason })}
        />
        <Button testId="lead-never" onPress={onNever}>
          <Icon name="blocked" />
          {t('dialer.never')}
        </Button>
      </div>
      <p className={styles.hint}>
        {calling
          ? t('dialer.calling_unclear')
          : callKey && allowed
            ? t('dialer.call_key', { key: chordWords(keys.call) })
            : ''}
      </p>
      {mayOverride && (
        <OverrideForm
          pending={call.pending}
          onOverride={(override) => call.run({ lead: lead.id, phone: number.e164, override })}
        />
      )}
      <Problem words={call.problem ?? skip.problem ?? pass.problem ?? remove.problem} />
    </div>
  );
}

/** "Call Priya", not the whole of a long name. */
const firstWord = (name: string) => name.trim().split(/\s+/)[0]?.slice(0, 24) ?? name;
