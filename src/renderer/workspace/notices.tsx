import { useTranslation } from 'react-i18next';
import type { DeskView } from '../../shared/contract/views';
import { send, useDesk } from '../bridge/desk';
import { Banner } from '../components/banner';
import { IconButton } from '../components/button';
import { countryName } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';

type Notice = DeskView['notices'][number];

const packName = (pack: string, locale: string) =>
  /^[a-z]{2}$/.test(pack) ? countryName(pack.toUpperCase(), locale) : pack;

/** What the person must be told that belongs to no call. */
export function Notices({ notices }: { notices: DeskView['notices'] }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const locale = useLocale();
  // Packs are named after the country whose rules they hold; an agent reads its name, not its code.
  const shown = (kind: Notice['kind'], detail: string) =>
    kind === 'packs_overdue'
      ? detail
          .split(', ')
          .map((pack) => packName(pack, locale))
          .join(', ')
      : detail;
  return (
    <section aria-label={t('notice.label')} aria-live="polite">
      {notices.map(({ id, kind, detail }) => (
        <Banner
          key={id}
          tone="waiting"
          icon="info"
          testId={`notice-${kind}`}
          action={
            // Reports its own fault and never rejects.
            <IconButton
              icon="close"
              label={t('notice.dismiss')}
              onPress={() => void send(desk, 'notice:dismiss', { id })}
            />
          }
        >
          <p>{t(`notice.${kind}`)}</p>
          {detail !== undefined && (
            <p>
              <bdi>{shown(kind, detail)}</bdi>
            </p>
          )}
        </Banner>
      ))}
    </section>
  );
}
