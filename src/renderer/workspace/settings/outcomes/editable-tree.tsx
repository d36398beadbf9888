import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispositionNode, DispositionTree } from '../../../../shared/contract/dispositions';
import { Button } from '../../../components/button';
import { Icon } from '../../../components/icon';
import { keysOf } from '../../outcome/outcome-form';
import { AddOutcome } from './add-outcome';
import { OutcomeFields } from './outcome-fields';
import { RowWords } from './row-words';
import styles from './tree.module.css';
import { useTreeEditor, type TreeEditor } from './use-tree-editor';

/** The outcomes, one open at a time to be changed. Every change is kept at once and can be taken back. */
export function EditableTree({
  tree,
  standard,
  onTree,
}: {
  tree: DispositionTree;
  standard: DispositionTree;
  onTree: (tree: DispositionTree) => void;
}) {
  const { t } = useTranslation();
  const editor = useTreeEditor(tree, onTree);
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const isStandard = JSON.stringify(tree) === JSON.stringify(standard);
  return (
    <>
      <Level level={tree} editor={editor} open={open} onOpen={setOpen} />
      {adding ? (
        <AddOutcome
          editor={editor}
          below={null}
          onDone={(code) => {
            setAdding(false);
            if (code !== null) setOpen(code);
          }}
        />
      ) : (
        <div className={styles.buttons}>
          <Button testId="tree-add" onPress={() => setAdding(true)}>
            {t('tree.add')}
          </Button>
          <Button testId="tree-undo" isDisabled={editor.undo === undefined} onPress={() => editor.undo?.()}>
            {t('tree.undo')}
          </Button>
          <Button
            testId="tree-reset"
            isDisabled={isStandard}
            onPress={() => {
              setOpen(null);
              editor.change(standard, 'tree-undo');
            }}
          >
            {t('tree.reset')}
          </Button>
        </div>
      )}
    </>
  );
}

function Level({
  level,
  editor,
  open,
  onOpen,
}: {
  level: readonly DispositionNode[];
  editor: TreeEditor;
  open: string | null;
  onOpen: (code: string | null) => void;
}) {
  const keys = keysOf(level);
  return (
    <ol className={styles.level}>
      {level.map((node) => (
        <li key={node.code} className={styles.item} data-open={node.code === open || undefined}>
          <button
            type="button"
            className={styles.row}
            aria-expanded={node.code === open}
            data-testid={`edit-${node.code}`}
            onClick={() => onOpen(node.code === open ? null : node.code)}
          >
            <RowWords node={node} keyName={keys.get(node.code)} />
            <Icon name="chevron" />
          </button>
          {node.code === open && <OutcomeFields key={node.code} node={node} editor={editor} onOpen={onOpen} />}
          {node.children !== undefined && <Level level={node.children} editor={editor} open={open} onOpen={onOpen} />}
        </li>
      ))}
    </ol>
  );
}
