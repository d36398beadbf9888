import { useTranslation } from 'react-i18next';
import type { CallRow } from '../../shared/contract/views';
import { Announcer } from '../components/announcer';

/** Says the newest waiting call aloud, for people who are in this window when it comes. */
export function DeskAnnouncer({ rows }: { rows: readonly CallRow[] }) {
  const { t } = useTranslation();
  const newest = rows
    .filter((row) => row.group === 'waiting')
    .reduce<CallRow | null>((best, row) => (best === null || row.at > best.at ? row : best), null);
  const words =
    newest === null
      ? null
      : t('announce.escalation', {
          trigger: t(`trigger.${newest.trigger}`),
          name: newest.name ?? t('who.unnamed'),
        });
  return <Announcer words={words} id={newest?.call ?? null} />;
}
