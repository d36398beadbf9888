import { useTranslation } from 'react-i18next';
import type { RelayReason } from '../../shared/contract/relay-reasons';
import { useRelayReasonWords } from '../bridge/reason-words';
import { timeOfDay } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import { Banner } from './banner';
import { EmptyState } from './empty-state';
import type { IconName } from './icon';

/** Rows that are read again and again, as far as it matters here. */
interface Read {
  state: 'loading' | 'ready' | 'failed';
  reason?: RelayReason | undefined;
  at?: number | undefined;
  rows: readonly unknown[];
}

/** What stands where there are no rows: still reading, not to be read, or none. */
export function NoRows({
  view,
  icon,
  words: { loading, unread, none, about },
}: {
  view: Read | undefined;
  icon: IconName;
  words: { loading: string; unread: string; none: string; about: string };
}) {
  const reasonWords = useRelayReasonWords();
  if (view === undefined || view.state === 'loading') return <EmptyState icon="hourglass" title={loading} />;
  if (view.state === 'failed')
    return <EmptyState icon="alert" title={unread} about={reasonWords(view.reason ?? 'no_answer')} alert />;
  return <EmptyState icon={icon} title={none} about={about} />;
}

/** Above rows that could not be read again: as of when they are. */
export function StaleRows({ view: { state, reason, at, rows } }: { view: Read }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useRelayReasonWords();
  if (state !== 'failed' || rows.length === 0) return null;
  return (
    <Banner tone="waiting" icon="alert">
      {at === undefined ? null : t('campaigns.as_of', { time: timeOfDay(at, locale) })} {words(reason ?? 'no_answer')}
    </Banner>
  );
}
