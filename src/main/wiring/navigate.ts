/** What brings a page of the workspace up: the tray, a notification, a deep link. */
import type { IpcData } from '../../shared/contract/ipc';
import type { Invite } from '../../shared/contract/joining';
import { deepLinkIn } from '../deep-links/deep-link';
import type { Parts } from './parts';

export function openPage({ windows }: Parts, page: IpcData<'desk:navigate'>['page']): void {
  windows.send('workspace', 'desk:navigate', { page });
  windows.reveal();
}

export function openCall(parts: Parts, call: string): void {
  parts.desk.select(call);
  openPage(parts, 'calls');
}

function askToJoin(parts: Parts, invite: Invite): void {
  // What cannot be opened is shown as no invite at all.
  parts.doors.joining.open(invite);
  openPage(parts, 'first-run');
}

/** Brings the workspace up, at what a deep link among these arguments names. */
export function follow(parts: Parts, argv: readonly string[]): void {
  const link = deepLinkIn(argv);
  if (link?.kind === 'call' && parts.desk.book.get(link.call) !== undefined) openCall(parts, link.call);
  else if (link?.kind === 'join') askToJoin(parts, link.invite);
  else parts.windows.reveal();
}
