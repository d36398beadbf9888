import { useTranslation } from 'react-i18next';
import type { DeskView } from '../../shared/contract/views';
import { send, useDesk } from '../bridge/desk';
import { Banner } from '../components/banner';
import { IconButton } from '../components/button';

/** What the person must be told that belongs to no call. */
export function Notices({ notices }: { notices: DeskView['notices'] }) {
  const { t } = useTranslation();
  const desk = useDesk();
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
              <bdi>{detail}</bdi>
            </p>
          )}
        </Banner>
      ))}
    </section>
  );
}
