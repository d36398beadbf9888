import type { DispositionNode } from '../../../../shared/contract/dispositions';
import { keysOf } from '../../outcome/outcome-form';
import { RowWords } from './row-words';
import styles from './tree.module.css';

/** The outcomes to look at: somebody else gives them. */
export function ShownTree({ tree }: { tree: readonly DispositionNode[] }) {
  const keys = keysOf(tree);
  return (
    <ol className={styles.level}>
      {tree.map((node) => (
        <li key={node.code}>
          <div className={styles.row} data-testid={`shown-${node.code}`}>
            <RowWords node={node} keyName={keys.get(node.code)} />
          </div>
          {node.children !== undefined && <ShownTree tree={node.children} />}
        </li>
      ))}
    </ol>
  );
}
