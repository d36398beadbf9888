import { useTranslation } from 'react-i18next';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { Problem } from '../../components/problem';
import styles from './join-team.module.css';

/** Whose relay it is, in plain sight, before anything is sent there. */
export function ConfirmJoin({
  host,
  memberOf,
  onRead,
  onJoined,
}: {
  host: string;
  memberOf: string | null;
  onRead: () => void;
  onJoined: () => void;
}) {
  const { t } = useTranslation();
  const accept = useCommand('team:accept');
  const decline = useCommand('team:decline');
  return (
    <section className={styles.ask} aria-labelledby="join-question">
      <h2 id="join-question" className={styles.question}>
        {t('join.question')}
      </h2>
      <p className={styles.host} data-testid="join-host" dir="ltr">
        {host}
      </p>
      <p>{t('join.meaning')}</p>
      {memberOf !== null && memberOf !== host && <p>{t('join.leaves', { host: memberOf })}</p>}
      <div className={styles.buttons}>
        <Button
          kind="primary"
          testId="join-accept"
          isPending={accept.pending}
          onPress={() =>
            accept.run({}, (ok) => {
              onRead();
              if (ok) onJoined();
            })
          }
        >
          {accept.pending ? t('settings.joining') : t('join.yes')}
        </Button>
        <Button testId="join-decline" onPress={() => decline.run({}, onRead)}>
          {t('join.no')}
        </Button>
      </div>
      <Problem words={accept.problem} />
    </section>
  );
}
