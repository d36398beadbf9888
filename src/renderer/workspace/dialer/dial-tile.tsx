import { useTranslation } from 'react-i18next';
import type { DialView } from '../../../shared/contract/dial-views';
import type { CallView } from '../../../shared/contract/views';
import { useTicking } from '../../bridge/clock';
import { useRelayReasonWords } from '../../bridge/reason-words';
import { useCommand } from '../../bridge/use-command';
import { Badge, type Tone } from '../../components/badge';
import { Button } from '../../components/button';
import { Problem } from '../../components/problem';
import { TranscriptTail } from '../../components/transcript-tail';
import { timeOfDay, timer } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { OutcomePanel } from '../outcome/outcome-panel';
import styles from './dial-tiles.module.css';

/** Lines of the conversation in sight. */
const SHOWN_TURNS = 6;

const TONES: Record<CallView['phase'], Tone> = {
  unknown: 'neutral',
  started: 'neutral',
  ringing: 'neutral',
  live: 'live',
  escalated: 'waiting',
  ended: 'wrapup',
  failed: 'blocked',
};

/** One call, quietly: its state, what is said where the platform tells, and its outcome once it is over. */
export function DialTile({ dial, wrapUp }: { dial: DialView; wrapUp: boolean }) {
  const { t } = useTranslation();
  const { call } = dial;
  const name = dial.name ?? dial.phone.national ?? dial.phone.raw;
  const over = call?.phase === 'ended' || call?.phase === 'failed';
  return (
    <article
      className={styles.tile}
      aria-label={name}
      data-testid="dial-tile"
      data-state={call?.phase ?? dial.state}
      data-call={dial.call_id}
    >
      <header className={styles.head}>
        <h3 className={styles.name} dir="auto">
          {name}
        </h3>
        <State dial={dial} />
      </header>
      {dial.state === 'unclear' && <Unclear dial={dial} />}
      {call === undefined && dial.state !== 'unclear' && <p className={styles.soft}>{t(`dial.${dial.state}_about`)}</p>}
      {call !== undefined && !over && <Conversation call={call} />}
      {call !== undefined && over && wrapUp && <OutcomePanel call={call} />}
      {call !== undefined && over && !wrapUp && <p className={styles.soft}>{t('dial.wrap_up_next')}</p>}
      <TileActions dial={dial} over={over} />
    </article>
  );
}

function State({ dial: { at, state, call } }: { dial: DialView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const since = useTicking((now) => timer(now - at, locale));
  const over = call?.phase === 'ended' || call?.phase === 'failed';
  return (
    <span className={styles.state} role="status">
      <Badge tone={call === undefined ? (state === 'unclear' ? 'waiting' : 'neutral') : TONES[call.phase]}>
        {call === undefined ? t(`dial.${state}`) : t(`dial_phase.${call.phase}`)}
      </Badge>
      {!over && (
        <span className={styles.soft} aria-hidden="true">
          {since}
        </span>
      )}
    </span>
  );
}

/** Nobody knows whether it rings: the agent looks again, or decides that there is to be another call. */
function Unclear({ dial }: { dial: DialView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useRelayReasonWords();
  const look = useCommand('dialer:look');
  const again = useCommand('dialer:call-again');
  return (
    <div role="alert">
      <p>
        <strong>{t('dial.unclear_title')}</strong> {t('dial.unclear_about')}
      </p>
      {dial.reason !== undefined && dial.reason !== 'unclear' && <p className={styles.soft}>{words(dial.reason)}</p>}
      {dial.looked_at !== undefined && (
        <p className={styles.soft} data-testid="dial-looked">
          {t('dial.looked', { time: timeOfDay(dial.looked_at, locale) })}
        </p>
      )}
      <div className={styles.actions}>
        <Button testId="dial-look" isPending={look.pending} onPress={() => look.run({ dial: dial.id })}>
          {t('dial.look')}
        </Button>
        <Button testId="dial-again" isPending={again.pending} onPress={() => again.run({ dial: dial.id })}>
          {t('dial.again')}
        </Button>
      </div>
      <Problem words={again.problem} />
    </div>
  );
}

function Conversation({ call }: { call: CallView }) {
  const { t } = useTranslation();
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region without its own controls needs a tab stop */}
      <div className={styles.turns} tabIndex={0} role="group" aria-label={t('transcript.title')}>
        <TranscriptTail
          transcript={call.transcript}
          insteadOfSummary={false}
          platform={call.platform_label}
          privacy={false}
          limit={SHOWN_TURNS}
        />
      </div>
      <p className={styles.soft}>{call.escalated_at === undefined ? t('dial.first') : t('dial.escalated_to_you')}</p>
    </>
  );
}

function TileActions({ dial, over }: { dial: DialView; over: boolean }) {
  const { t } = useTranslation();
  const open = useCommand('call:open');
  const claim = useCommand('call:claim');
  const away = useCommand('dialer:put-away');
  const { call } = dial;
  const waits = call?.phase === 'escalated' && call.claim.state === 'open';
  return (
    <div className={styles.actions}>
      {waits && (
        <Button
          kind="primary"
          testId="dial-claim"
          isPending={claim.pending}
          onPress={() => claim.run({ call: call.call })}
        >
          {t('action.claim')}
        </Button>
      )}
      {call !== undefined && <Button onPress={() => open.run({ call: call.call })}>{t('action.open')}</Button>}
      {(call === undefined || over) && dial.state !== 'sending' && (
        <Button kind="plain" testId="dial-put-away" onPress={() => away.run({ dial: dial.id })}>
          {t('dial.put_away')}
        </Button>
      )}
      <Problem words={open.problem ?? claim.problem ?? away.problem} />
    </div>
  );
}
