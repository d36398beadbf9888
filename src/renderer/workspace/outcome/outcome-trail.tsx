import { useTranslation } from 'react-i18next';
import type { DispositionTree } from '../../../shared/contract/dispositions';
import type { OutcomeEntry } from '../../../shared/contract/outcomes';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { useCommand } from '../../bridge/use-command';
import { Badge, type Tone } from '../../components/badge';
import { Button } from '../../components/button';
import { useDispositionWords } from '../../components/disposition';
import { Problem } from '../../components/problem';
import { Section } from '../../components/section';
import { money, timer, whenShort } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { cityOf, wallWords } from '../dialer/verdict-words';
import { chosenNodes, labelOf } from './outcome-form';
import styles from './outcome-trail.module.css';

const tones: Record<OutcomeEntry['state'], Tone> = {
  draft: 'neutral',
  saved: 'waiting',
  sending: 'waiting',
  sent: 'live',
  waiting: 'waiting',
  kept_by_relay: 'live',
  refused: 'blocked',
};

/** Every decision about this call, the newest first, and where each of them is. */
export function OutcomeTrail({
  trail,
  tree,
  platform,
}: {
  trail: readonly OutcomeEntry[];
  tree: DispositionTree;
  platform: string;
}) {
  const { t } = useTranslation();
  return (
    <Section title={t('outcome.trail')}>
      <ol className={styles.trail}>
        {trail.map((entry) => (
          <Entry key={entry.id} entry={entry} tree={tree} platform={platform} />
        ))}
      </ol>
    </Section>
  );
}

function Entry({ entry, tree, platform }: { entry: OutcomeEntry; tree: DispositionTree; platform: string }) {
  const { t, i18n } = useTranslation();
  const locale = useLocale();
  const dispositionWords = useDispositionWords();
  const retry = useCommand('outcome:retry');
  const { decision, state, why } = entry;
  const nodes = chosenNodes(tree, decision.path);
  const known = nodes.length === decision.path.length;
  const outcome = known
    ? nodes.map((node) => labelOf(node, i18n.language)).join(' › ')
    : decision.path.map((code) => dispositionWords(code)).join(' › ');
  const when = useTicking((now) => whenShort(entry.decided_at, now, locale), NO_SECONDS);
  return (
    <li className={styles.entry} data-testid="outcome-entry" data-state={state}>
      <p className={styles.line}>
        <strong>{outcome}</strong>
        {decision.amount !== undefined && <bdi className={styles.amount}>{money(decision.amount, locale)}</bdi>}
        <span className={styles.when}>{when}</span>
        <Badge tone={tones[state]}>{t(`outcome_state.${state}`, { platform })}</Badge>
      </p>
      {decision.notes !== undefined && (
        <p className={styles.notes} dir="auto">
          {decision.notes}
        </p>
      )}
      {decision.callback !== undefined && (
        <p className={styles.why}>
          {t('callback.agreed', {
            time: wallWords(decision.callback.wall_time, locale, ''),
            zone: cityOf(decision.callback.zone),
          })}
        </p>
      )}
      {why !== undefined && (
        <p className={styles.why}>
          {t(`why.${why.code}`)} <Detail why={why} />
          {entry.conflict !== undefined && (
            <>
              {' '}
              {t('why.other_decided', { name: entry.conflict.agent, outcome: dispositionWords(entry.conflict.value) })}
            </>
          )}
        </p>
      )}
      {entry.next_try_at !== undefined && <NextTry at={entry.next_try_at} />}
      {state === 'refused' && (
        <div>
          <Button isPending={retry.pending} onPress={() => retry.run({ id: entry.id })}>
            {t('action.retry')}
          </Button>
          <Problem words={retry.problem} />
        </div>
      )}
    </li>
  );
}

/** The relay's words before what a platform answered (`src/relay/gateway/dispositions/writer.ts`). */
const PLATFORM_SAID = 'The platform: ';
const PLATFORM_UNKNOWN_CALL = 'The platform does not know this call';

/** What the relay adds to the reason, where that says more than its code: the platform's own words, or what is not accepted. */
function Detail({ why: { code, detail } }: { why: NonNullable<OutcomeEntry['why']> }) {
  const { t } = useTranslation();
  if (detail === undefined) return null;
  if (code === 'platform_refused') {
    if (detail === PLATFORM_UNKNOWN_CALL) return t('why.platform_unknown_call');
    return (
      detail.startsWith(PLATFORM_SAID) && (
        <bdi>{t('why.platform_said', { said: detail.slice(PLATFORM_SAID.length) })}</bdi>
      )
    );
  }
  return code === 'invalid' && <bdi lang="en">{detail}</bdi>;
}

function NextTry({ at }: { at: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useTicking((now) => t('outcome.next_try', { time: timer(at - now, locale) }));
  return <p className={styles.why}>{words}</p>;
}
