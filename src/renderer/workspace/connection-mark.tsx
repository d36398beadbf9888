import { useTranslation } from 'react-i18next';
import type { ConnectionView } from '../../shared/contract/views';
import { NO_SECONDS, useTicking } from '../bridge/clock';
import { useCommand } from '../bridge/use-command';
import { Button } from '../components/button';
import { StateMark, type StateShape } from '../components/icon';
import { agoWords } from '../components/escalated-clock';
import { AGO_CALM_MS, timeOfDay } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import styles from './connection-mark.module.css';

const shapes: Record<ConnectionView['state'], StateShape> = {
  starting: 'half',
  live: 'full',
  reconnecting: 'half',
  stopped: 'ring',
};

/** The connection in words, always there; with the way out where only a person can take it. */
export function ConnectionMark({ connection, onSetUp }: { connection: ConnectionView; onSetUp: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useTicking(
    (now) => {
      switch (connection.state) {
        case 'starting':
          return t('connection.starting');
        case 'live':
          return t('connection.live');
        case 'reconnecting': {
          const time = agoWords(connection.since, now, t, locale) ?? timeOfDay(connection.since, locale);
          return t('connection.reconnecting', { time });
        }
        case 'stopped':
          return t('connection.stopped', { reason: t(`connection.${connection.reason}`) });
      }
    },
    connection.state === 'reconnecting' ? connection.since + AGO_CALM_MS : NO_SECONDS,
  );
  return (
    <div className={styles.connection}>
      <p
        className={styles.mark}
        data-testid="connection"
        data-state={connection.state}
        title={connection.state === 'stopped' ? connection.message : undefined}
      >
        <StateMark shape={shapes[connection.state]} />
        <span className="visually-hidden">{t('connection.label')}: </span>
        <span>{words}</span>
      </p>
      {connection.state === 'stopped' && <WayOut reason={connection.reason} onSetUp={onSetUp} />}
    </div>
  );
}

type StopReason = Extract<ConnectionView, { state: 'stopped' }>['reason'];

function WayOut({ reason, onSetUp }: { reason: StopReason; onSetUp: () => void }) {
  const { t } = useTranslation();
  const retry = useCommand('connection:retry');
  if (reason === 'not_configured' || reason === 'token_missing' || reason === 'token_refused') {
    return <Button onPress={onSetUp}>{t('connection.set_up')}</Button>;
  }
  return (
    <Button testId="connection-retry" isPending={retry.pending} onPress={() => retry.run({})}>
      {reason === 'taken_over' ? t('connection.use_here') : t('action.retry')}
    </Button>
  );
}
