import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListsView } from '../../../shared/contract/list-views';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import field from '../../components/field.module.css';
import { Icon } from '../../components/icon';
import { Problem } from '../../components/problem';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import detail from '../../components/detail.module.css';
import styles from './limits-panel.module.css';

/** Fewest and most calls at once (`callLimitsSchema`). */
const MIN = 1;
const MAX = 50;

/** How many AI calls an agent may have under way: everybody, and who has a number of their own. */
export function LimitsPanel({ limits, onBack }: { limits: ListsView['limits']; onBack: () => void }) {
  const { t } = useTranslation();
  if (limits === null) return <EmptyState icon="hourglass" title={t('limits.loading')} />;
  return (
    <article className={detail.detail} data-testid="limits">
      <div className={detail.back}>
        <Button kind="plain" onPress={onBack}>
          <Icon name="back" />
          {t('calls.back')}
        </Button>
      </div>
      <header className={detail.head}>
        <h2 className={detail.name}>{t('limits.title')}</h2>
        <p className={detail.soft}>{t('limits.about')}</p>
      </header>
      <LimitRow key={`~ ${limits.general}`} name={t('limits.everybody')} agent={null} set={limits.general} />
      <ul className={styles.agents}>
        {limits.agents.map(({ agent, name, own, under_way: underWay }) => (
          <li key={`${agent} ${own ?? ''}`}>
            <LimitRow name={name} agent={agent} set={own} general={limits.general} underWay={underWay} />
          </li>
        ))}
      </ul>
    </article>
  );
}

function LimitRow({
  name,
  agent,
  set,
  general,
  underWay,
}: {
  name: string;
  /** Null: everybody. */
  agent: string | null;
  /** Null: none of their own. */
  set: number | null;
  general?: number;
  underWay?: number;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const save = useCommand('lists:set-limit');
  const [typed, setTyped] = useState(set === null ? '' : String(set));
  const calls = typed.trim() === '' ? null : Number(typed);
  const right = calls === null ? agent !== null : Number.isInteger(calls) && calls >= MIN && calls <= MAX;
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault();
        if (right && calls !== set && !save.pending) save.run({ agent, calls });
      }}
    >
      <label className={field.field}>
        <span className={field.label} dir="auto">
          {name}
        </span>
        <input
          className={field.input}
          type="number"
          min={MIN}
          max={MAX}
          step={1}
          placeholder={general === undefined ? undefined : String(general)}
          value={typed}
          data-invalid={right ? undefined : true}
          aria-invalid={!right}
          data-testid={`limit-${agent ?? 'everybody'}`}
          onChange={({ target }) => setTyped(target.value)}
        />
      </label>
      <Button type="submit" isDisabled={!right || calls === set} isPending={save.pending}>
        {t('lists.preview_save')}
      </Button>
      {underWay !== undefined && underWay > 0 && (
        <span className={detail.soft}>
          {t('limits.under_way', { count: underWay, n: wholeNumber(underWay, locale) })}
        </span>
      )}
      {!right && <p className={field.error}>{t('lists.preview_range', { min: MIN, max: MAX })}</p>}
      <Problem words={save.problem} />
    </form>
  );
}
