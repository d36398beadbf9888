import { useTranslation } from 'react-i18next';
import type { FloorAnswer } from '../../../shared/contract/floor';
import { useCommand } from '../../bridge/use-command';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { Problem } from '../../components/problem';
import { FloorAgents } from './floor-agents';
import { FloorCalls } from './floor-calls';
import { FloorLists } from './floor-lists';
import { FloorNumbers } from './floor-numbers';
import { FloorOutcomes } from './floor-outcomes';
import styles from './floor.module.css';
import { useFloor } from './use-floor';

/** A supervisor's floor at a glance: who waits, who is there, what was missed, how the AI's word compares. */
export function FloorPage() {
  const { t } = useTranslation();
  const state = useFloor();
  return (
    <div className={styles.page} data-testid="floor">
      {state.state !== 'ready' && <h1 className="visually-hidden">{t('floor.title')}</h1>}
      {state.state === 'loading' && <EmptyState icon="hourglass" title={t('floor.loading')} />}
      {state.state === 'unavailable' && (
        <EmptyState icon="alert" title={t('floor.unavailable')} about={t('floor.unavailable_about')} alert />
      )}
      {state.state === 'ready' && <Floor floor={state.floor} stale={state.stale} />}
    </div>
  );
}

function Floor({ floor, stale }: { floor: FloorAnswer; stale: boolean }) {
  const { t } = useTranslation();
  const { run, pending, problem } = useCommand('floor:export');
  const now = Date.parse(floor.now);
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('floor.title')}</h1>
        <Button testId="floor-export" isPending={pending} onPress={() => run({})}>
          {t('floor.export')}
        </Button>
      </header>
      {stale && (
        <Banner tone="waiting" icon="alert" testId="floor-stale">
          {t('floor.stale')}
        </Banner>
      )}
      <Problem words={problem} />
      <FloorNumbers floor={floor} now={now} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <FloorCalls title={t('floor.waiting')} none={t('floor.nobody_waits')} calls={floor.waiting} now={now} live />
          <FloorLists lists={floor.lists} now={now} />
          <FloorCalls title={t('floor.missed')} none={t('floor.none_missed')} calls={floor.missed} now={now} />
        </div>
        <div className={styles.column}>
          <FloorAgents agents={floor.agents} now={now} />
          <FloorOutcomes outcomes={floor.outcomes} />
        </div>
      </div>
    </>
  );
}
