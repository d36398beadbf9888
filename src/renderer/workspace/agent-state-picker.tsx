import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select } from 'react-aria-components/Select';
import type { AgentState } from '../../shared/contract/desk-protocol';
import type { DeskView } from '../../shared/contract/views';
import { useTicking } from '../bridge/clock';
import { useOutcomes } from '../bridge/outcomes';
import { useCommand } from '../bridge/use-command';
import { Icon, StateMark, type StateShape } from '../components/icon';
import menu from '../components/menu.module.css';
import { Problem } from '../components/problem';
import { calmTimer, timer, TIMER_CALM_MS } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import styles from './agent-state-picker.module.css';

const STATES = ['available', 'busy', 'wrapup', 'break', 'offline'] as const satisfies readonly AgentState[];
const shapes: Record<AgentState, StateShape> = {
  available: 'full',
  busy: 'dash',
  wrapup: 'half',
  break: 'bars',
  offline: 'ring',
};

export function AgentStatePicker({ state }: { state: DeskView['state'] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  // What is chosen during wrap-up comes into force after it.
  const next = useOutcomes()?.next_state;
  const { run, problem } = useCommand('agent:set-state');
  // Nobody counts the seconds of being available: a window at rest has nothing to draw.
  const calm = state.value === 'available';
  const format = calm ? calmTimer : timer;
  const lasted = useTicking((now) => format(now - state.since, locale), calm ? state.since + TIMER_CALM_MS : undefined);
  return (
    <>
      <Select
        aria-label={t('agent.state')}
        value={next ?? state.value}
        onChange={(key) => {
          const value = STATES.find((state) => state === key);
          if (value !== undefined) run({ value });
        }}
      >
        <AriaButton className={styles.button ?? ''} data-testid="agent-state" data-state={state.value}>
          <StateMark shape={shapes[state.value]} />
          <span className={styles.words}>
            {state.value === 'wrapup' && next !== undefined
              ? t('agent.wrapup_then', { state: t(`agent.${next}`) })
              : t(`agent.${state.value}`)}
          </span>
          <span className={styles.timer}>{lasted}</span>
          <Icon name="chevron" />
        </AriaButton>
        <Popover className={menu.popover ?? ''} placement="bottom start">
          <ListBox className={menu.menu ?? ''}>
            {STATES.map((value) => (
              <ListBoxItem
                key={value}
                id={value}
                textValue={t(`agent.${value}`)}
                className={menu.item ?? ''}
                data-testid={`agent-state-${value}`}
              >
                <span className={styles.mark} data-state={value}>
                  <StateMark shape={shapes[value]} />
                </span>
                {t(`agent.${value}`)}
              </ListBoxItem>
            ))}
          </ListBox>
        </Popover>
      </Select>
      <Problem words={problem} />
    </>
  );
}
