import { useTranslation } from 'react-i18next';
import { Label } from 'react-aria-components/Label';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import type { OutcomeDraft, OutcomeView } from '../../../shared/contract/outcomes';
import type { CallView } from '../../../shared/contract/views';
import { useKeys } from '../../bridge/keys';
import { useReasonWords } from '../../bridge/reason-words';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { useChordWords } from '../../components/chord';
import field from '../../components/field.module.css';
import { Problem } from '../../components/problem';
import { AmountField } from './amount-field';
import { CallbackFields, standardCallback } from './callback-fields';
import { DispositionGrid } from './disposition-grid';
import { DncFields } from './dnc-fields';
import { span } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { decisionOf, demandsOf } from './outcome-form';
import styles from './outcome-form.module.css';
import { Proposal } from './proposal';
import { useFormKeys } from './use-form-keys';

/** When the lead comes again after this choice, where the choice says so. */
function CalledAgain({ minutes }: { minutes: number | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (minutes === undefined) return null;
  return (
    <p className={field.about} data-testid="outcome-retry">
      {t('outcome.called_again', { time: span(minutes, locale) })}
    </p>
  );
}

/** Characters of notes that main keeps (`OUTCOME_LIMITS.maxNotes`). */
const MAX_NOTES = 10_000;

/** Choice, amount, notes, call-back, do-not-call: what the choice asks for is shown when it asks. */
export function OutcomeForm({
  call,
  view,
  form,
  onEdit,
  onSaved,
}: {
  call: CallView;
  view: OutcomeView;
  form: OutcomeDraft;
  onEdit: (form: OutcomeDraft) => void;
  onSaved: () => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useReasonWords();
  const chordWords = useChordWords();
  const keys = useKeys();
  const save = useCommand('outcome:save');
  const tree = view.dispositions;
  const demands = demandsOf(tree, form.path);
  const made = decisionOf(tree, form, { locale, currency: view.currency });
  const choose = (path: string[]) => {
    const next = demandsOf(tree, path);
    onEdit({
      ...form,
      path,
      callback: next.callback === 'required' ? (form.callback ?? standardCallback(call)) : form.callback,
      dnc: next.dnc ? (form.dnc ?? { scope: 'automated', verbatim: '' }) : null,
    });
  };
  const submit = () => {
    if (!made.ok || save.pending) return;
    save.run({ call: call.call, decision: made.decision }, (ok) => {
      if (ok) onSaved();
    });
  };
  useFormKeys({ tree, path: form.path, onChoose: choose, onSave: submit });
  return (
    <div className={styles.form}>
      {view.proposal !== null && <Proposal proposal={view.proposal} tree={tree} onUse={choose} />}
      <DispositionGrid tree={tree} path={form.path} onChoose={choose} />
      {demands.amount && (
        <AmountField
          typed={form.amount ?? ''}
          currency={demands.currency ?? view.currency}
          onTyped={(amount) => onEdit({ ...form, amount })}
        />
      )}
      {demands.callback !== 'none' && (
        <CallbackFields
          call={call}
          required={demands.callback === 'required'}
          typed={form.callback}
          onTyped={(callback) => onEdit({ ...form, callback })}
        />
      )}
      <CalledAgain minutes={form.callback === null ? view.retry_after[form.path.at(-1) ?? ''] : undefined} />
      {demands.dnc && form.dnc !== null && <DncFields dnc={form.dnc} onDnc={(dnc) => onEdit({ ...form, dnc })} />}
      <TextField
        className={field.field ?? ''}
        value={form.notes}
        onChange={(notes) => onEdit({ ...form, notes })}
        maxLength={MAX_NOTES}
        isRequired={demands.note}
        validationBehavior="aria"
      >
        <Label className={field.label ?? ''}>{demands.note ? t('outcome.notes_needed') : t('outcome.notes')}</Label>
        <TextArea className={field.input ?? ''} rows={3} dir="auto" data-testid="outcome-notes" />
      </TextField>
      <div className={styles.end}>
        <Button kind="primary" testId="outcome-save" isDisabled={!made.ok} isPending={save.pending} onPress={submit}>
          {t('outcome.save')}
        </Button>
        <span className={styles.hint}>
          {made.ok ? t('outcome.save_key', { key: chordWords(keys.save) }) : words({ reason: made.missing })}
        </span>
        <Problem words={save.problem} />
      </div>
    </div>
  );
}
