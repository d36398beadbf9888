/** Which of the product's tray pictures is shown. Pure. */
import type { AgentState } from '../../shared/contract/desk-protocol';

export type TrayState = 'available' | 'busy' | 'away' | 'waiting' | 'offline';

/** Not connected comes first: nothing else shown would be true. */
export function trayState({ live, state, waiting }: { live: boolean; state: AgentState; waiting: number }): TrayState {
  if (!live || state === 'offline') return 'offline';
  if (waiting > 0) return 'waiting';
  if (state === 'break') return 'away';
  return state === 'available' ? 'available' : 'busy';
}

/** File name in `resources/icons/tray`. Windows draws its tray in 16 px, the others in 22. */
export function trayPicture(state: TrayState, darkPanel: boolean, platform: NodeJS.Platform): string {
  const size = platform === 'win32' ? '-16' : '';
  return `${state}-${darkPanel ? 'dark' : 'light'}${size}.png`;
}
