import { useTranslation } from 'react-i18next';
import type { OutcomeDifference } from '../../../shared/contract/outcomes';
import { Banner } from '../../components/banner';
import { useDispositionWords } from '../../components/disposition';

/** Where two words for one call do not agree. Neither overwrites the other. */
export function Differences({
  differences,
  platform,
}: {
  differences: readonly OutcomeDifference[];
  platform: string;
}) {
  const { t } = useTranslation();
  const dispositionWords = useDispositionWords();
  return differences.map(({ between, agent, other }) => (
    <Banner key={between} tone="waiting" icon="info" testId={`difference-${between}`}>
      {t(`difference.${between}`, { platform, agent: dispositionWords(agent), other: dispositionWords(other) })}
    </Banner>
  ));
}
