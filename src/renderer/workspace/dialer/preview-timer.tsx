import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewTimerView } from '../../../shared/contract/dialer-views';
import { useTicking } from '../../bridge/clock';
import { useKeys } from '../../bridge/keys';
import { useReasonWords } from '../../bridge/reason-words';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { useChordWords } from '../../components/chord';
import { Icon } from '../../components/icon';
import { Problem } from '../../components/problem';
import { timer as length } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { useKey } from '../keys/use-key';
import styles from './preview-timer.module.css';

/** A listener is told once more when so little is left, ms. */
const SOON_MS = 10_000;
/** The person who stops it this way knows. */
const QUIET = ['dialog', 'hidden'] as const;

/** What happens to the lead by itself, in how long, and how to have more time. */
export function PreviewTimer({ lead, timer }: { lead: string; timer: PreviewTimerView }) {
  const { t } = useTranslation();
  const keys = useKeys();
  const chordWords = useChordWords();
  const extend = useCommand('dialer:extend');
  const may = timer.state !== 'over' && timer.extensions > 0;
  const more = () => {
    if (may && !extend.pending) extend.run({ lead });
  };
  useKey('extend', more, may);
  return (
    <section
      className={styles.timer}
      data-state={timer.state}
      aria-label={t('timer.title')}
      data-testid="preview-timer"
    >
      <Icon name="clock" />
      <p className={styles.words}>
        {timer.state === 'running' && <Left timer={timer} />}
        {timer.state === 'paused' && <Paused timer={timer} />}
        {timer.state === 'over' && <Over timer={timer} />}
      </p>
      {may && (
        <Button testId="timer-extend" isPending={extend.pending} onPress={more}>
          {t('timer.extend', { count: timer.extensions, key: chordWords(keys.extend) })}
        </Button>
      )}
      <Problem words={extend.problem} />
      <Spoken timer={timer} />
    </section>
  );
}

interface Of<S extends PreviewTimerView['state']> {
  timer: Extract<PreviewTimerView, { state: S }>;
}

function Left({ timer }: Of<'running'>) {
  const { t } = useTranslation();
  const locale = useLocale();
  // A second that has begun is still there.
  const left = useTicking((now) => length(timer.ends_at - now + 999, locale));
  return <span aria-hidden="true">{t(`timer.${timer.action}`, { time: left })}</span>;
}

function Paused({ timer }: Of<'paused'>) {
  const { t } = useTranslation();
  const locale = useLocale();
  return <>{t(`timer.paused_${timer.why}`, { time: length(timer.left_ms + 999, locale) })}</>;
}

function Over({ timer }: Of<'over'>) {
  const { t } = useTranslation();
  const words = useReasonWords();
  if (timer.reason !== undefined) return <>{t('timer.nothing_done', { why: words({ reason: timer.reason }) })}</>;
  return <>{t(`timer.over_${timer.action}`)}</>;
}

/** Said politely and seldom: when it begins, when little is left, when it stops or is over. */
function Spoken({ timer }: { timer: PreviewTimerView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const reasonWords = useReasonWords();
  const endsAt = timer.state === 'running' ? timer.ends_at : 0;
  const left = useTicking((now) => Math.max(0, endsAt - now));
  const [began, setBegan] = useState({ endsAt, left });
  // What is said is what was left in the beginning: words that change with every second would be read with every second.
  if (began.endsAt !== endsAt) setBegan({ endsAt, left });
  const told = Math.min(began.left, left <= SOON_MS ? SOON_MS : began.left);
  return (
    <p className="visually-hidden" role="status">
      {timer.state === 'running' && t(`timer.${timer.action}`, { time: length(told + 999, locale) })}
      {timer.state === 'paused' &&
        QUIET.every((why) => why !== timer.why) &&
        t(`timer.paused_${timer.why}`, { time: length(timer.left_ms + 999, locale) })}
      {timer.state === 'over' && timer.reason === undefined && t(`timer.over_${timer.action}`)}
      {timer.state === 'over' &&
        timer.reason !== undefined &&
        t('timer.nothing_done', { why: reasonWords({ reason: timer.reason }) })}
    </p>
  );
}
