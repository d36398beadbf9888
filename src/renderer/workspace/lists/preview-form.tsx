import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListRow } from '../../../shared/contract/list-views';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import { Problem } from '../../components/problem';
import { Choice } from '../settings/choice';
import styles from './preview-form.module.css';

const ACTIONS = ['none', 'stop', 'requeue', 'skip', 'dial'] as const;
type Action = (typeof ACTIONS)[number];
/** Where a supervisor starts from who had no timer. */
const FIRST_SECONDS = 60;
/** Fewest and most seconds (`LEAD_LIMITS`). */
const MIN = 5;
const MAX = 600;

/** Whether, and after how long, something happens by itself to a lead of this list that is being read. */
export function PreviewForm({ list }: { list: ListRow }) {
  const { t } = useTranslation();
  const save = useCommand('lists:set-preview');
  const { seconds: was, action: before } = list.preview;
  const [action, setAction] = useState<Action>(was === 0 ? 'none' : before);
  const [typed, setTyped] = useState(String(was === 0 ? FIRST_SECONDS : was));
  const seconds = Number(typed);
  const right = action === 'none' || (Number.isInteger(seconds) && seconds >= MIN && seconds <= MAX);
  const preview = action === 'none' ? ({ seconds: 0, action: before } as const) : { seconds, action };
  const changed = preview.seconds !== was || preview.action !== before;
  const offered = ACTIONS.filter((one) => one !== 'skip' || list.may_skip);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (right && changed && !save.pending) save.run({ list: list.id, preview });
      }}
    >
      <Choice
        label={t('lists.preview_action')}
        value={action}
        options={offered.map((one) => ({ value: one, label: t(`lists.preview_${one}`) }))}
        onChange={setAction}
        testId="list-preview-action"
      />
      {action !== 'none' && (
        <label className={field.field}>
          <span className={field.label}>{t('lists.preview_seconds')}</span>
          <input
            className={field.input}
            type="number"
            min={MIN}
            max={MAX}
            step={1}
            value={typed}
            data-invalid={right ? undefined : true}
            aria-invalid={!right}
            data-testid="list-preview-seconds"
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
      )}
      {!right && <p className={field.error}>{t('lists.preview_range', { min: MIN, max: MAX })}</p>}
      {action === 'dial' && <p className={field.about}>{t('lists.preview_dial_about')}</p>}
      <div className={styles.actions}>
        <Button type="submit" testId="list-preview-save" isDisabled={!right || !changed} isPending={save.pending}>
          {t('lists.preview_save')}
        </Button>
        <Problem words={save.problem} />
      </div>
    </form>
  );
}
