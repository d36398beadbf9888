import { useLayoutEffect, useRef } from 'react';
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
  const { grid, choices } = useKeptFocus(base, level);
  return (
    <fieldset className={styles.grid} {...grid}>
      <legend className={styles.legend}>
        {way.length === 0 ? t('outcome.choose') : way.map((node) => labelOf(node, i18n.language)).join(' › ')}
      </legend>
      {base.length > 0 && (
        <Button kind="plain" onPress={() => onChoose(base.slice(0, -1))}>
          <Icon name="back" />
          {t('outcome.level_up')}
        </Button>
      )}
      <div className={styles.choices} ref={choices}>
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

/**
 * A level that is left takes the focused button with it: the keyboard goes on with the first choice of the next one, or on
 * the way back with the choice that led down. Whoever was elsewhere stays there.
 */
function useKeptFocus(base: readonly string[], level: Readonly<DispositionTree>) {
  const inside = useRef(false);
  const choices = useRef<HTMLDivElement>(null);
  const before = useRef(base);
  useLayoutEffect(() => {
    const from = before.current;
    before.current = base;
    if (from.join() === base.join() || !inside.current) return;
    const ledDown = from.length > base.length ? level.findIndex(({ code }) => code === from[base.length]) : -1;
    const button = choices.current?.children[Math.max(0, ledDown)];
    if (button instanceof HTMLElement) button.focus();
  });
  // React tells of no blur when a focused element goes: only of a person who went elsewhere.
  const grid = {
    onFocus: () => {
      inside.current = true;
    },
    onBlur: () => {
      inside.current = false;
    },
  };
  return { grid, choices };
}
