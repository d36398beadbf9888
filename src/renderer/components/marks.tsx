import { useTranslation } from 'react-i18next';
import type { CallView } from '../../shared/contract/views';
import { Badge } from './badge';

/** What must be known before trusting a call: a test, a source that did not sign, an event that came late. */
export function Marks({ call }: { call: Pick<CallView, 'test' | 'trust' | 'late'> }) {
  const { t } = useTranslation();
  return (
    <>
      {call.test && (
        <Badge tone="accent" icon="flask">
          {t('mark.test')}
        </Badge>
      )}
      {call.late && (
        <Badge tone="waiting" icon="clock">
          {t('mark.late')}
        </Badge>
      )}
      {call.trust === 'secret' && (
        <Badge icon="shield" why={t('mark.trust_secret_why')}>
          {t('mark.trust_secret')}
        </Badge>
      )}
      {call.trust === 'open' && (
        <Badge tone="blocked" icon="alert" why={t('mark.trust_open_why')}>
          {t('mark.trust_open')}
        </Badge>
      )}
    </>
  );
}
