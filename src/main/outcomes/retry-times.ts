/** How long a lead waits after which outcome, as the relay's configuration says: told to the agent who chooses one. */
import type { DispositionTree, RelayDisposition } from '../../shared/contract/dispositions';
import { wireValue } from './disposition-tree';

const key = (word: string) => word.trim().toLowerCase();

/** As the relay understands a value: the platform's own word first, then the id. */
function minutesOf(named: readonly RelayDisposition[], value: string, platform: string): number | undefined {
  const word = key(value);
  const own = named.find(({ platform: words }) => key(words[platform] ?? '') === word);
  const known = own ?? named.find(({ id }) => key(id) === word);
  return known?.retry_after_minutes;
}

/**
 * Minutes by the codes of the tree; a code without any is not in it.
 * @param named outcomes as the relay is set up with them
 */
export function retryTimesOf(
  named: readonly RelayDisposition[],
  tree: DispositionTree,
  platform: string,
): Record<string, number> {
  const found: Record<string, number> = {};
  const walk = (level: DispositionTree, above: DispositionTree) => {
    for (const node of level) {
      const minutes = minutesOf(named, wireValue([...above, node], platform), platform);
      if (minutes !== undefined) found[node.code] = minutes;
      walk(node.children ?? [], [...above, node]);
    }
  };
  walk(tree, []);
  return found;
}
