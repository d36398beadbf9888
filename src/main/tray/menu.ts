/** The tray's menu and its words, from a few facts. Pure. */
import type { MenuItemConstructorOptions } from 'electron';
import type { AgentState } from '../../shared/contract/desk-protocol';
import type { CallRow, DeskView } from '../../shared/contract/views';
import type { Words } from '../words/words';

/** Calls named in the menu; the workspace has the others. */
const MOST_CALLS = 5;
/** Characters of a name in the menu. */
const MAX_NAME = 40;

export interface TrayFacts {
  live: boolean;
  state: AgentState;
  /** Comes after the wrap-up. */
  next?: AgentState | undefined;
  /** Newest first. */
  waiting: readonly Pick<CallRow, 'call' | 'name' | 'trigger'>[];
  /** Callbacks that are due. */
  due: number;
  words: Words;
  practice: boolean;
  /** Whoever stands beside the agent reads the menu, too. */
  privacy: boolean;
}

export interface TrayActions {
  open: () => void;
  openCall: (call: string) => void;
  setState: (state: AgentState) => void;
  escalate: () => void;
  quit: () => void;
}

const CHOICES: readonly AgentState[] = ['available', 'busy', 'break'];

/** @param next what the agent chose to be after the wrap-up */
export function trayFacts(view: DeskView, words: Words, privacy: boolean, next?: AgentState): TrayFacts {
  const waiting = view.rows.filter(({ group }) => group === 'waiting').toSorted((a, b) => b.at - a.at);
  return {
    live: view.connection.state === 'live',
    state: view.state.value,
    next,
    waiting,
    due: view.callbacks_due ?? 0,
    words,
    practice: view.mode === 'practice',
    privacy,
  };
}

function stateWords({ state, next, words }: TrayFacts): string {
  return state === 'wrapup' && next !== undefined ? words.wrapUpThen(words.state[next]) : words.state[state];
}

/** One line for the icon itself. */
export function trayTip(facts: TrayFacts): string {
  const { live, waiting, due, words } = facts;
  const calls = !live ? words.offline : waiting.length > 0 ? words.waiting(waiting.length) : stateWords(facts);
  // A promise is a promise, connected or not.
  return due > 0 ? `${calls}, ${words.callbacksDue(due)}` : calls;
}

/** A menu reads `&` as "the next letter is a key"; a name is only ever text. */
const plain = (text: string) => text.replaceAll('&', '&&');

function callItems({ waiting, words, privacy }: TrayFacts, openCall: TrayActions['openCall']) {
  const items = waiting.slice(0, MOST_CALLS).map(({ call, name, trigger }): MenuItemConstructorOptions => {
    const who = privacy || name === undefined ? '' : `: ${name.slice(0, MAX_NAME)}`;
    return { label: plain(`${words.trigger[trigger]}${who}`), click: () => openCall(call) };
  });
  return items.length === 0 ? [] : [...items, { type: 'separator' as const }];
}

export function trayMenu(facts: TrayFacts, actions: TrayActions): MenuItemConstructorOptions[] {
  const { words } = facts;
  return [
    { label: trayTip(facts), enabled: false },
    ...callItems(facts, actions.openCall),
    { label: words.open, click: actions.open },
    { type: 'separator' },
    ...CHOICES.map((state): MenuItemConstructorOptions => ({
      label: words.state[state],
      type: 'radio',
      checked: (facts.next ?? facts.state) === state,
      click: () => actions.setState(state),
    })),
    { type: 'separator' },
    ...(facts.practice ? [{ label: words.practiceCaller, click: actions.escalate }] : []),
    { label: words.quit, click: actions.quit },
  ];
}
