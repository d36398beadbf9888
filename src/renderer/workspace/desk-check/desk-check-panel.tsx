import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCheck } from '../../../shared/contract/desk-check';
import { useDesk } from '../../bridge/desk';
import { STANDARD_SOUND, useSounds } from '../../bridge/sounds';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { Problem } from '../../components/problem';
import { useSettings } from '../settings/use-settings';
import { DeskCheckResults } from './desk-check-results';
import styles from './desk-check.module.css';
import { YesNo } from './yes-no';

type Run = { state: 'idle' } | { state: 'running' } | { state: 'done'; check: DeskCheck } | { state: 'gone' };

/** One button before a shift: a test call through everything to every screen, and what only the person can tell. */
export function DeskCheckPanel({ live }: { live: boolean }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { play } = useSounds();
  const settings = useSettings();
  const chosen = (settings.state === 'ready' ? settings.settings.sound : undefined) ?? STANDARD_SOUND;
  const copy = useCommand('desk-check:copy');
  const [run, setRun] = useState<Run>({ state: 'idle' });
  const [heard, setHeard] = useState<boolean | null>(null);
  const [seen, setSeen] = useState<boolean | null>(null);
  const [copied, setCopied] = useState(false);
  const start = () => {
    setRun({ state: 'running' });
    setSeen(null);
    setCopied(false);
    desk.request('desk-check:run', {}).then(
      (check) => setRun({ state: 'done', check }),
      (error: unknown) => {
        reportError(error);
        setRun({ state: 'gone' });
      },
    );
  };
  return (
    <section className={styles.panel} aria-label={t('check.title')} data-testid="desk-check">
      <p>{t('check.about')}</p>
      {!live && <p role="status">{t('check.connecting')}</p>}
      <div className={styles.buttons}>
        <Button kind="primary" testId="desk-check-run" isPending={run.state === 'running'} onPress={start}>
          {t(run.state === 'running' ? 'check.running' : run.state === 'done' ? 'check.again' : 'check.run')}
        </Button>
        <Button testId="desk-check-sound" onPress={() => play(chosen.name === 'none' ? 'chime' : chosen.name, chosen)}>
          {t('check.play')}
        </Button>
      </div>
      <YesNo testId="desk-check-heard" question={t('check.heard')} value={heard} onAnswer={setHeard} />
      {heard === false && <p>{t('check.not_heard')}</p>}
      <div role="status" className={styles.results}>
        {run.state === 'done' && <DeskCheckResults results={run.check.results} />}
      </div>
      {run.state === 'done' && (
        <>
          <YesNo testId="desk-check-seen" question={t('check.seen')} value={seen} onAnswer={setSeen} />
          <div className={styles.buttons}>
            <Button testId="desk-check-copy" onPress={() => copy.run({ heard, seen }, setCopied)}>
              {t('check.copy')}
            </Button>
            <span role="status">{copied && t('action.copied')}</span>
          </div>
        </>
      )}
      <Problem words={run.state === 'gone' ? t('problem.no_answer') : copy.problem} />
    </section>
  );
}
