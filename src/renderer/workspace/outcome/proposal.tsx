import { useTranslation } from 'react-i18next';
import type { DispositionTree } from '../../../shared/contract/dispositions';
import type { OutcomeView } from '../../../shared/contract/outcomes';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { useDispositionWords } from '../../components/disposition';
import { chosenNodes, labelOf } from './outcome-form';

/** What the AI would say. The agent takes it or decides otherwise; both are kept. */
export function Proposal({
  proposal,
  tree,
  onUse,
}: {
  proposal: NonNullable<OutcomeView['proposal']>;
  tree: DispositionTree;
  onUse: (path: string[]) => void;
}) {
  const { t, i18n } = useTranslation();
  const dispositionWords = useDispositionWords();
  const { path, value } = proposal;
  const outcome =
    path === undefined
      ? dispositionWords(value)
      : chosenNodes(tree, path)
          .map((node) => labelOf(node, i18n.language))
          .join(' › ');
  return (
    <Banner
      tone="accent"
      icon="info"
      testId="outcome-proposal"
      action={path !== undefined && <Button onPress={() => onUse(path)}>{t('outcome.use_proposal')}</Button>}
    >
      {t('outcome.proposal', { outcome })}
    </Banner>
  );
}
