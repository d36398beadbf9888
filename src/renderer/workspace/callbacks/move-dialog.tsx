import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallbackRow } from '../../../shared/contract/callback-views';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { Modal } from '../../components/modal';
import { Problem } from '../../components/problem';
import styles from '../dialer/dialogs.module.css';
import { CallbackFields, standardCallback } from '../outcome/callback-fields';
import { callbackOf } from '../outcome/outcome-form';

interface Props {
  row: CallbackRow;
  isOpen: boolean;
  onClose: () => void;
}

/** Another time was agreed. */
export function MoveDialog(props: Props) {
  const { t } = useTranslation();
  return (
    <Modal title={t('callbacks.move_title')} isOpen={props.isOpen} onClose={props.onClose} testId="move-dialog">
      <MoveForm {...props} />
    </Modal>
  );
}

function MoveForm({ row, onClose }: Props) {
  const { t } = useTranslation();
  const { run, pending, problem } = useCommand('callbacks:move');
  const [typed, setTyped] = useState(() => {
    const start = standardCallback(row, row.zone);
    const [date, time] = row.wall_time?.split('T') ?? [];
    return { ...start, ...(date === undefined || time === undefined ? {} : { date, time }) };
  });
  const callback = callbackOf(typed);
  const submit = () => {
    if (callback === null) return;
    const { at, zone, wall_time } = callback;
    run({ id: row.id, at, zone, wall_time }, (ok) => {
      if (ok) onClose();
    });
  };
  return (
    <div className={styles.form}>
      <CallbackFields
        call={row}
        required
        owner={false}
        typed={typed}
        onTyped={(next) => {
          if (next !== null) setTyped(next);
        }}
      />
      <div className={styles.end}>
        <Button kind="primary" isDisabled={callback === null} isPending={pending} onPress={submit}>
          {t('later.confirm')}
        </Button>
        <Button onPress={onClose}>{t('action.cancel')}</Button>
        <Problem words={problem} />
      </div>
    </div>
  );
}
