/** Where the AI, the agent and the platform do not agree about a call. Pure; nobody's word overwrites another's. */
import type { CallSnapshot } from '../../shared/contract/call';
import type { OutcomeDifference } from '../../shared/contract/outcomes';
import { sameWord } from './disposition-tree';

/**
 * @param agent the agent's decision in the platform's word, from this desk's own trail; where there is none, what the
 * relay says the agent decided
 */
export function differencesOf(
  dispositions: CallSnapshot['dispositions'],
  agent: string | undefined = dispositions.agent?.value.value,
): OutcomeDifference[] {
  if (agent === undefined) return [];
  const others = [
    { between: 'ai_and_agent', other: dispositions.ai?.value.value },
    { between: 'platform_and_agent', other: dispositions.platform?.value.value },
  ] as const;
  return others.flatMap(({ between, other }) =>
    other === undefined || sameWord(other) === sameWord(agent) ? [] : [{ between, agent, other }],
  );
}
