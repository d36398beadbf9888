/** Whether a decision may be saved as it is, and if not, what is missing. Pure. */
import type { DispositionNode, DispositionTree } from '../../shared/contract/dispositions';
import type { Callback, Decision, SaveReply } from '../../shared/contract/outcomes';
import { instantsOf } from '../../shared/lib/wall-time';
import { nodesOf } from './disposition-tree';

export type SaveRefusal = Extract<SaveReply, { ok: false }>['reason'];

/** The instant must be the one that the wall shows in that zone; twice in autumn both are right, in a gap none is. */
function isHonest({ at, zone, wall_time }: Callback): boolean {
  const instants = instantsOf(wall_time, zone);
  const minute = Math.floor(Date.parse(at) / 60_000) * 60_000;
  if (instants.kind === 'one') return instants.at === minute;
  return instants.kind === 'twice' && (instants.first === minute || instants.second === minute);
}

function callbackRefusal(nodes: readonly DispositionNode[], callback: Callback | undefined): SaveRefusal | undefined {
  const wanted = nodes.map((node) => node.callback).findLast((flag) => flag !== undefined);
  if (callback === undefined) return wanted === 'required' ? 'callback_needed' : undefined;
  if (wanted === undefined) return 'callback_not_allowed';
  return isHonest(callback) ? undefined : 'callback_time_wrong';
}

/** Undefined when it may be saved. */
export function refusalOf(tree: DispositionTree, decision: Decision): SaveRefusal | undefined {
  const nodes = nodesOf(tree, decision.path);
  if (nodes === undefined) return 'not_in_tree';
  if (nodes.at(-1)?.children !== undefined) return 'not_a_final_choice';
  if (decision.amount === undefined && nodes.some((node) => node.needs_amount === true)) return 'amount_needed';
  const noteless = (decision.notes ?? '').trim() === '';
  if (noteless && nodes.some((node) => node.needs_note === true)) return 'note_needed';
  if (decision.dnc === undefined && nodes.some((node) => node.dnc === true)) return 'dnc_needed';
  return callbackRefusal(nodes, decision.callback);
}
