import { useTranslation } from 'react-i18next';
import type { Dnc, OutcomeDraft } from '../../../shared/contract/outcomes';
import field from '../../components/field.module.css';
import { Choice } from '../settings/choice';
import styles from './outcome-form.module.css';

/** Characters of the caller's own words that main keeps (`OUTCOME_LIMITS.maxVerbatim`). */
const MAX_VERBATIM = 2000;
const SCOPES = ['automated', 'all', 'campaign'] as const satisfies readonly Dnc['scope'][];

/** A wish not to be called: how far it goes, and the caller's own words as evidence. */
export function DncFields({
  dnc,
  onDnc,
}: {
  dnc: NonNullable<OutcomeDraft['dnc']>;
  onDnc: (dnc: NonNullable<OutcomeDraft['dnc']>) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.box}>
      <legend className={field.label}>{t('dnc.title')}</legend>
      <p>{t('dnc.about')}</p>
      <Choice
        label={t('dnc.scope')}
        value={dnc.scope}
        options={SCOPES.map((scope) => ({ value: scope, label: t(`dnc.${scope}`) }))}
        onChange={(scope) => onDnc({ ...dnc, scope })}
      />
      <label className={field.field}>
        <span>{t('dnc.verbatim')}</span>
        <textarea
          className={field.input}
          rows={2}
          dir="auto"
          maxLength={MAX_VERBATIM}
          value={dnc.verbatim}
          onChange={({ target }) => onDnc({ ...dnc, verbatim: target.value })}
        />
      </label>
    </fieldset>
  );
}
