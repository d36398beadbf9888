import { useTranslation } from 'react-i18next';
import type { DispositionTree } from '../../../shared/contract/dispositions';
import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import styles from './disposition-grid.module.css';
import { choicesBelow, chosenNodes, keysOf, labelOf } from './outcome-form';

/** One level of choices at a time; the way there stands above it. Keys 1–9 take them. */
export function DispositionGrid({
  tree,
  path,
  onChoose,
}: {
  tree: DispositionTree;
  path: readonly string[];
  onChoose: (path: string[]) => void;
}) {
  const { t, i18n } = useTranslation();
  const below = choicesBelow(tree, path);
  // A final choice stays among its neighbours, marked, so that another is one press away.
  const base = below.length > 0 ? path : path.slice(0, -1);
  const level = below.length > 0 ? below : choicesBelow(tree, base);
  const keys = keysOf(level);
  const way = chosenNodes(tree, base);
  return (
    <fieldset className={styles.grid}>
      <legend className={styles.legend}>
        {way.length === 0 ? t('outcome.choose') : way.map((node) => labelOf(node, i18n.language)).join(' › ')}
      </legend>
      {base.length > 0 && (
        <Button kind="plain" onPress={() => onChoose(base.slice(0, -1))}>
          <Icon name="back" />
          {t('outcome.level_up')}
        </Button>
      )}
      <div className={styles.choices}>
        {level.map((node) => {
          const chosen = path.length > base.length && path.at(-1) === node.code;
          const key = keys.get(node.code);
          return (
            <button
              key={node.code}
              type="button"
              className={styles.choice}
              aria-pressed={chosen}
              data-testid={`outcome-${node.code}`}
              onClick={() => onChoose([...base, node.code])}
            >
              <kbd className={styles.key} aria-hidden="true">
                {key}
              </kbd>
              <span className={styles.label}>{labelOf(node, i18n.language)}</span>
              {node.children !== undefined && <span aria-hidden="true">›</span>}
              {chosen && <Icon name="check" />}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
