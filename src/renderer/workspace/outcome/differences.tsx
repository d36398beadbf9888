import { useTranslation } from 'react-i18next';
import type { DispositionTree } from '../../../shared/contract/dispositions';
import type { OutcomeDifference } from '../../../shared/contract/outcomes';
import { Banner } from '../../components/banner';
import { useDispositionWords } from '../../components/disposition';
import { wordsInTree } from './outcome-form';

/** Where two words for one call do not agree, named as in the form. Neither overwrites the other. */
export function Differences({
  differences,
  tree,
  platform,
}: {
  differences: readonly OutcomeDifference[];
  tree: DispositionTree;
  platform: string;
}) {
  const { t, i18n } = useTranslation();
  const dispositionWords = useDispositionWords();
  const words = (value: string) => wordsInTree(tree, value, i18n.language) ?? dispositionWords(value);
  return differences.map(({ between, agent, other }) => (
    <Banner key={between} tone="waiting" icon="info" testId={`difference-${between}`}>
      {t(`difference.${between}`, { platform, agent: words(agent), other: words(other) })}
    </Banner>
  ));
}
