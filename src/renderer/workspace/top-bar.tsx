import { useTranslation } from 'react-i18next';
import type { CallId } from '../../shared/contract/events';
import type { DeskView } from '../../shared/contract/views';
import { Badge } from '../components/badge';
import { AgentStatePicker } from './agent-state-picker';
import { ConnectionMark } from './connection-mark';
import { PendingOutcomes } from './pending-outcomes';
import { TodayNumbers } from './today';
import styles from './top-bar.module.css';

export function TopBar({
  view,
  onSetUp,
  onOutcome,
}: {
  view: DeskView;
  onSetUp: () => void;
  /** Shows a call with its outcome. */
  onOutcome: (call: CallId) => void;
}) {
  const { t } = useTranslation();
  return (
    <header className={styles.bar}>
      <AgentStatePicker state={view.state} />
      <span className={styles.agent} dir="auto" title={view.agent?.name}>
        {view.agent?.name ?? (view.connection.state === 'starting' ? null : t('agent.not_signed_in'))}
      </span>
      <span className={styles.space} />
      <TodayNumbers />
      <PendingOutcomes rows={view.rows} onOpen={onOutcome} />
      <Badge tone={view.mode === 'practice' ? 'accent' : 'neutral'}>
        <span className="visually-hidden">{t('mode.label')}: </span>
        <span data-testid="mode">{t(`mode.${view.mode}`)}</span>
      </Badge>
      <ConnectionMark connection={view.connection} onSetUp={onSetUp} />
    </header>
  );
}
