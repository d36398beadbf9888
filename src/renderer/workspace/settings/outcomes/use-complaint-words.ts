import { useTranslation } from 'react-i18next';
import type { DispositionTree } from '../../../../shared/contract/dispositions';
import { DISPOSITION_LIMITS } from '../../../../shared/lib/disposition-rules';
import { labelOf } from '../../outcome/outcome-form';
import { placeOf, type EditComplaint } from './tree-edits';

/** Words for why a change of the tree is not kept. */
export function useComplaintWords(): (complaint: EditComplaint, tree: DispositionTree) => string {
  const { t, i18n } = useTranslation();
  return (complaint, tree) => {
    const holder = 'code' in complaint ? placeOf(tree, complaint.code)?.node : undefined;
    const name = holder === undefined ? '' : labelOf(holder, i18n.language);
    if (complaint.what === 'key_twice') return t('tree.key_twice', { key: complaint.key, name });
    if (complaint.what === 'code_twice') return t('tree.code_twice', { name });
    const { maxDepth, maxPerLevel, maxNodes } = DISPOSITION_LIMITS;
    const limits = { too_deep: maxDepth, level_full: maxPerLevel, tree_full: maxNodes, nothing_left: 1, bad_code: 64 };
    return t(`tree.${complaint.what}`, { n: limits[complaint.what] });
  };
}
