import { useTranslation } from 'react-i18next';
import type { PopView } from '../../shared/contract/views';
import { Announcer } from '../components/announcer';
import { useTriggerWords } from '../components/trigger';

/** Says an escalation aloud once; in privacy mode without the name. */
export function PopAnnouncer({ view }: { view: PopView | undefined }) {
  const { t } = useTranslation();
  const triggerWords = useTriggerWords();
  const call = view?.current;
  if (view === undefined || call === null || call === undefined) return <Announcer words={null} id={null} />;
  const trigger = triggerWords(call.trigger);
  const words = view.privacy
    ? t('announce.escalation_private', { trigger })
    : t('announce.escalation', { trigger, name: call.name ?? t('who.unnamed') });
  return <Announcer words={words} id={`${call.call} ${view.event ?? ''}`} />;
}
