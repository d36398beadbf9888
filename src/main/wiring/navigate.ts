/** What brings a page of the workspace up: the tray, a notification, a deep link. */
import { app } from 'electron';
import type { IpcData } from '../../shared/contract/ipc';
import type { Invite } from '../../shared/contract/joining';
import { LinkFollower } from '../deep-links/follower';
import { registerLinks } from '../deep-links/register';
import { runHelper } from '../session-bus/session-bus';
import { realScheduler as scheduler } from '../timing/scheduler';
import type { Parts } from './parts';

export function openPage({ windows }: Parts, page: IpcData<'desk:navigate'>['page']): void {
  windows.send('workspace', 'desk:navigate', { page });
  windows.reveal();
}

export function openCall(parts: Parts, call: string): void {
  parts.desk.select(call);
  // By a press, in a window that comes up with the keyboard.
  parts.desk.see(call);
  openPage(parts, 'calls');
}

function askToJoin(parts: Parts, invite: Invite): void {
  // What cannot be opened is shown as no invite at all.
  parts.doors.joining.open(invite);
  openPage(parts, 'first-run');
}

/** Where deep links lead. */
export function wireLinks(parts: Parts): void {
  parts.links = new LinkFollower({
    scheduler,
    live: () => parts.connection.view.state === 'live',
    has: (call) => parts.desk.book.get(call) !== undefined,
    openCall: (call) => openCall(parts, call),
    askToJoin: (invite) => askToJoin(parts, invite),
    reveal: () => parts.windows.reveal(),
    missing: (call) => {
      if (call === undefined) parts.notices.clear('link_call_missing');
      else parts.notices.add('link_call_missing');
    },
  });
  void registerLinks({
    ...parts.environment,
    packaged: app.isPackaged,
    claim: (scheme, program, args) => app.setAsDefaultProtocolClient(scheme, program, args),
    run: runHelper,
    failed: parts.observed.log.error,
  });
}
