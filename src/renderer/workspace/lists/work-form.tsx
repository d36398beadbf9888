import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListRow } from '../../../shared/contract/list-views';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import { Problem } from '../../components/problem';
import { Section } from '../../components/section';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import fields from '../outcome/outcome-form.module.css';
import { Toggle } from '../settings/toggle';
import styles from './preview-form.module.css';
import { faultsOf, typedOf, WORK_LIMITS, workOf, type TypedWork } from './typed-work';

/** How a list is worked: by whom, with which script, how often and in which order. */
export function WorkForm({ list }: { list: ListRow }) {
  const { t } = useTranslation();
  const was = typedOf(list);
  return (
    <Section title={t('lists.work')}>
      {/* What somebody else saved meanwhile takes the place of what is typed. */}
      <Fields key={JSON.stringify([list.id, was])} list={list} was={was} />
    </Section>
  );
}

function Fields({ list, was }: { list: ListRow; was: TypedWork }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const save = useCommand('lists:set-work');
  const [typed, setTyped] = useState(was);
  const change = (part: Partial<TypedWork>) => setTyped({ ...typed, ...part });
  const [faults, work] = [faultsOf(typed, list), workOf(typed, list)];
  const changed = JSON.stringify(typed) !== JSON.stringify(was);
  const range = ({ min, max }: { min: number; max: number }) =>
    t('lists.preview_range', { min: wholeNumber(min, locale), max: wholeNumber(max, locale) });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (work !== null && changed && !save.pending) save.run({ list: list.id, work });
      }}
    >
      <WorkField
        label={t('lists.work_queues')}
        about={t('lists.work_queues_about')}
        value={typed.queues}
        wrong={faults.queues ? t('lists.work_queues_wrong') : undefined}
        testId="list-queues"
        onValue={(queues) => change({ queues })}
      />
      <WorkField
        label={t('campaign_new.script')}
        value={typed.script}
        maxLength={WORK_LIMITS.textChars}
        testId="list-script"
        onValue={(script) => change({ script })}
      />
      <WorkField
        label={t('lists.work_seller')}
        about={t('lists.work_seller_about')}
        value={typed.seller}
        maxLength={WORK_LIMITS.textChars}
        testId="list-seller"
        onValue={(seller) => change({ seller })}
      />
      <div className={fields.fields}>
        <WorkField
          label={t('campaign_new.attempts')}
          value={typed.attempts}
          numeric
          wrong={faults.attempts ? range(WORK_LIMITS.attempts) : undefined}
          testId="list-attempts"
          onValue={(attempts) => change({ attempts })}
        />
        <WorkField
          label={t('campaign_new.retry')}
          value={typed.retry}
          numeric
          wrong={faults.retry ? range(WORK_LIMITS.retry) : undefined}
          testId="list-retry"
          onValue={(retry) => change({ retry })}
        />
      </div>
      <WorkField
        label={t('lists.work_priority')}
        about={t('lists.work_priority_about')}
        value={typed.priority}
        wrong={faults.priority ? range(WORK_LIMITS.priority) : undefined}
        testId="list-priority"
        onValue={(priority) => change({ priority })}
      />
      <Toggle label={t('lists.work_may_skip')} value={typed.maySkip} onChange={(maySkip) => change({ maySkip })} />
      {faults.maySkip && <p className={field.error}>{t('lists.work_skip_wrong')}</p>}
      <div className={styles.actions}>
        <Button type="submit" testId="list-work-save" isDisabled={work === null || !changed} isPending={save.pending}>
          {t('lists.preview_save')}
        </Button>
        <Problem words={save.problem} />
      </div>
    </form>
  );
}

function WorkField({
  label,
  about,
  value,
  maxLength,
  numeric = false,
  wrong,
  testId,
  onValue,
}: {
  label: string;
  about?: string;
  value: string;
  maxLength?: number;
  numeric?: boolean;
  /** What is wrong with it, in words. */
  wrong?: string | undefined;
  testId: string;
  onValue: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className={field.field}>
      <label className={field.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={field.input}
        dir="auto"
        inputMode={numeric ? 'numeric' : 'text'}
        maxLength={maxLength}
        value={value}
        data-invalid={wrong === undefined ? undefined : true}
        aria-invalid={wrong !== undefined}
        aria-describedby={about === undefined && wrong === undefined ? undefined : `${id}-about`}
        data-testid={testId}
        onChange={({ target }) => onValue(target.value)}
      />
      <span id={`${id}-about`}>
        {wrong === undefined ? (
          <span className={field.about}>{about}</span>
        ) : (
          <span className={field.error}>{wrong}</span>
        )}
      </span>
    </div>
  );
}
