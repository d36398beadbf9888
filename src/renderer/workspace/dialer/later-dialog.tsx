import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadNumber, LeadView } from '../../../shared/contract/dialer-views';
import type { OutcomeDraft } from '../../../shared/contract/outcomes';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import { Modal } from '../../components/modal';
import { Problem } from '../../components/problem';
import { CallbackFields, standardCallback } from '../outcome/callback-fields';
import { callbackOf } from '../outcome/outcome-form';
import styles from './dialogs.module.css';

type Typed = NonNullable<OutcomeDraft['callback']>;
const MAX_NOTE = 2000;

interface Props {
  lead: LeadView;
  number: LeadNumber;
  isOpen: boolean;
  onClose: () => void;
}

/** Another time: a callback on the customer's own clock. */
export function LaterDialog(props: Props) {
  const { t } = useTranslation();
  const name = props.lead.name ?? t('who.unnamed');
  return (
    <Modal title={t('later.title', { name })} isOpen={props.isOpen} onClose={props.onClose} testId="later-dialog">
      <LaterForm {...props} />
    </Modal>
  );
}

/** The customer's zone as the record or the number says it, else the usual guess. */
function firstTime({ zone }: LeadView, number: LeadNumber): Typed {
  const { verdict } = number;
  const known = zone ?? ('clocks' in verdict && verdict.clocks.length === 1 ? verdict.clocks[0]?.zone : undefined);
  return standardCallback(number, known);
}

function LaterForm({ lead, number, onClose }: Props) {
  const { t } = useTranslation();
  const { run, pending, problem } = useCommand('dialer:later');
  const [typed, setTyped] = useState(() => firstTime(lead, number));
  const [note, setNote] = useState('');
  const callback = callbackOf(typed);
  const said = note.trim();
  const submit = () => {
    if (callback === null) return;
    const { at, zone, wall_time, owner } = callback;
    run({ lead: lead.id, at, zone, wall_time, owner, ...(said === '' ? {} : { note: said }) }, (ok) => {
      if (ok) onClose();
    });
  };
  return (
    <div className={styles.form}>
      <CallbackFields
        call={number}
        required
        typed={typed}
        onTyped={(next) => {
          if (next !== null) setTyped(next);
        }}
      />
      <label className={field.field}>
        <span className={field.label}>{t('outcome.notes')}</span>
        <textarea
          className={field.input}
          rows={2}
          dir="auto"
          maxLength={MAX_NOTE}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      <div className={styles.end}>
        <Button
          kind="primary"
          testId="later-confirm"
          isDisabled={callback === null}
          isPending={pending}
          onPress={submit}
        >
          {t('later.confirm')}
        </Button>
        <Button onPress={onClose}>{t('action.cancel')}</Button>
        <Problem words={problem} />
      </div>
    </div>
  );
}
