import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadNumber, LeadView } from '../../../shared/contract/dialer-views';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import { Modal } from '../../components/modal';
import { Problem } from '../../components/problem';
import { Choice } from '../settings/choice';
import styles from './dialogs.module.css';

const SCOPES = ['automated', 'all', 'campaign', 'seller'] as const;
const MAX_VERBATIM = 2000;

interface Props {
  lead: LeadView;
  number: LeadNumber;
  isOpen: boolean;
  onClose: () => void;
}

/** Never call again: how far it goes, which number, the customer's own words. It holds at once. */
export function NeverDialog(props: Props) {
  const { t } = useTranslation();
  const name = props.lead.name ?? t('who.unnamed');
  return (
    <Modal title={t('never.title', { name })} isOpen={props.isOpen} onClose={props.onClose} testId="never-dialog">
      <NeverForm {...props} />
    </Modal>
  );
}

function NeverForm({ lead, number, onClose }: Props) {
  const { t } = useTranslation();
  const { run, pending, problem } = useCommand('dialer:never');
  const [scope, setScope] = useState<(typeof SCOPES)[number]>('automated');
  const [which, setWhich] = useState<'all' | 'one'>('all');
  const [verbatim, setVerbatim] = useState('');
  const said = verbatim.trim();
  const submit = () => {
    const request = {
      ...{ lead: lead.id, scope },
      ...(which === 'one' ? { phone: number.e164 } : {}),
      ...(said === '' ? {} : { verbatim: said }),
    };
    run(request, (ok) => {
      if (ok) onClose();
    });
  };
  return (
    <div className={styles.form}>
      <p>{t('never.about')}</p>
      <Choice
        label={t('dnc.scope')}
        value={scope}
        options={SCOPES.map((one) => ({ value: one, label: t(`dnc.${one}`) }))}
        onChange={setScope}
      />
      {lead.numbers.length > 1 && (
        <Choice
          label={t('never.which')}
          value={which}
          options={[
            { value: 'all', label: t('never.all_numbers', { count: lead.numbers.length }) },
            { value: 'one', label: number.phone.national ?? number.phone.raw },
          ]}
          onChange={setWhich}
        />
      )}
      <label className={field.field}>
        <span className={field.label}>{t('dnc.verbatim')}</span>
        <textarea
          className={field.input}
          rows={2}
          dir="auto"
          maxLength={MAX_VERBATIM}
          value={verbatim}
          onChange={({ target }) => setVerbatim(target.value)}
        />
      </label>
      <div className={styles.end}>
        <Button kind="primary" testId="never-confirm" isPending={pending} onPress={submit}>
          {t('never.confirm')}
        </Button>
        <Button onPress={onClose}>{t('action.cancel')}</Button>
        <Problem words={problem} />
      </div>
    </div>
  );
}
