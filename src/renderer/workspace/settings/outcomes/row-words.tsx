import { useTranslation } from 'react-i18next';
import type { DispositionNode } from '../../../../shared/contract/dispositions';
import { Badge } from '../../../components/badge';
import { labelOf } from '../../outcome/outcome-form';
import styles from './tree.module.css';

/** An outcome in one line: its key, its name, what it asks for. */
export function RowWords({ node, keyName }: { node: DispositionNode; keyName: number | undefined }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <kbd className={styles.key} aria-hidden="true">
        {keyName}
      </kbd>
      {keyName !== undefined && <span className="visually-hidden">{t('tree.key', { key: keyName })}</span>}
      <span className={styles.name}>{labelOf(node, i18n.language)}</span>
      <span className={styles.marks}>
        {node.callback !== undefined && <Badge>{t(`tree.callback_${node.callback}`)}</Badge>}
        {node.needs_note === true && <Badge>{t('tree.needs_note')}</Badge>}
        {node.needs_amount === true && <Badge>{t('tree.needs_amount')}</Badge>}
        {node.dnc === true && <Badge icon="blocked">{t('tree.dnc')}</Badge>}
        {node.final === true && <Badge>{t('tree.final')}</Badge>}
      </span>
    </>
  );
}
