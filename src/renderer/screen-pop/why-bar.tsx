import { useTranslation } from 'react-i18next';
import type { CallView } from '../../shared/contract/views';
import { send, useDesk } from '../bridge/desk';
import { Badge } from '../components/badge';
import { IconButton } from '../components/button';
import { EscalatedClock } from '../components/escalated-clock';
import { Marks } from '../components/marks';
import { useTriggerWords } from '../components/trigger';
import styles from './why-bar.module.css';

/** Why this window is here, since when, and how far to trust it. The window is moved by it. */
export function WhyBar({ call }: { call: CallView }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const triggerWords = useTriggerWords();
  return (
    <div className={styles.bar}>
      <div className={styles.words}>
        <h1 className={styles.trigger} dir="auto" data-testid="pop-trigger">
          {triggerWords(call.trigger)}
        </h1>
        <p className={styles.line}>
          {call.escalated_at !== undefined && <EscalatedClock at={call.escalated_at} />}
          <Badge tone="waiting">{call.platform_label}</Badge>
          <Marks call={call} />
        </p>
      </div>
      <div className={styles.close}>
        {/* Reports its own fault and never rejects. */}
        <IconButton
          icon="close"
          label={t('action.dismiss')}
          onPress={() => void send(desk, 'pop:dismiss', { call: call.call })}
        />
      </div>
    </div>
  );
}
