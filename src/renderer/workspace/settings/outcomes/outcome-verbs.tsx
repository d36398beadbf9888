import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispositionNode } from '../../../../shared/contract/dispositions';
import { DISPOSITION_LIMITS } from '../../../../shared/lib/disposition-rules';
import { Button } from '../../../components/button';
import { Problem } from '../../../components/problem';
import { labelOf } from '../../outcome/outcome-form';
import { AddOutcome } from './add-outcome';
import { countOf, move, placeOf, remove } from './tree-edits';
import styles from './tree.module.css';
import { useComplaintWords } from './use-complaint-words';
import type { TreeEditor } from './use-tree-editor';

/** Moves an outcome, gives it choices of its own, takes it away. The keyboard stays where the next press is likely. */
export function OutcomeVerbs({
  node,
  editor,
  onOpen,
}: {
  node: DispositionNode;
  editor: TreeEditor;
  onOpen: (code: string | null) => void;
}) {
  const { t, i18n } = useTranslation();
  const words = useComplaintWords();
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const place = placeOf(editor.tree, node.code);
  if (place === undefined) return null;
  const { index, level, depth } = place;
  const name = labelOf(node, i18n.language);
  const count = countOf(node);

  const go = (by: -1 | 1) => {
    const at = index + by;
    // At either end that button can be pressed no more.
    const isEnd = at === 0 || at === level.length - 1;
    const button = by === -1 ? 'move-up' : 'move-down';
    const other = by === -1 ? 'move-down' : 'move-up';
    editor.change(move(editor.tree, node.code, by), isEnd && level.length > 1 ? other : button);
    setSaid(t('tree.moved', { name, place: at + 1, n: level.length }));
  };
  const takeAway = () => {
    const neighbour = level[index + 1] ?? level[index - 1];
    const focus = neighbour === undefined ? 'tree-add' : `edit-${neighbour.code}`;
    const complaint = editor.change(remove(editor.tree, node.code), focus);
    if (complaint === undefined) onOpen(null);
    else setProblem(words(complaint, editor.tree));
  };
  if (adding) {
    return (
      <AddOutcome
        editor={editor}
        below={node.code}
        onDone={(code) => {
          setAdding(false);
          if (code !== null) onOpen(code);
        }}
      />
    );
  }
  return (
    <div className={styles.buttons}>
      <Button testId="move-up" isDisabled={index === 0} onPress={() => go(-1)}>
        {t('tree.up')}
      </Button>
      <Button testId="move-down" isDisabled={index === level.length - 1} onPress={() => go(1)}>
        {t('tree.down')}
      </Button>
      {depth < DISPOSITION_LIMITS.maxDepth && (
        <Button testId="add-below" onPress={() => setAdding(true)}>
          {t('tree.add_below')}
        </Button>
      )}
      <Button testId="remove" onPress={takeAway}>
        {count === 1 ? t('tree.remove') : t('tree.remove_all', { count })}
      </Button>
      <span className="visually-hidden" role="status">
        {said}
      </span>
      <Problem words={problem} />
    </div>
  );
}
