/** The model behind the windows, and its link to the relay. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { app } from 'electron';
import type { ConnectionView } from '../../shared/contract/views';
import { callView } from '../calls/call-view';
import { Connection } from '../desk/connection';
import { Desk } from '../desk/desk';
import { openChosenState } from '../desk/chosen-state';
import { openDismissals } from '../desk/dismissals';
import { viewContext } from '../desk/views';
import { preciseNow } from '../observability/trace';
import { phoneView } from '../phones/phone-view';
import { fetchHistory } from '../relay-client/contact-history';
import { realScheduler as scheduler } from '../timing/scheduler';
import type { Parts } from './parts';

/** What every view of a call is made with. */
export const viewOf = ({ desk }: Parts): ReturnType<typeof viewContext> => viewContext({ desk, phone: phoneView });

export function wireDesk(parts: Parts): void {
  const { log } = parts.observed;
  parts.desk = new Desk({
    scheduler,
    settings: parts.settings.get,
    dismissals: openDismissals(path.join(parts.places.profile, 'dismissed.json'), log.error),
    chosen: openChosenState(path.join(parts.places.profile, 'agent-state.json'), log.error),
    phone: phoneView,
    command: (command) => parts.connection.command(command),
    history: (phone) => {
      const rest = parts.connection.rest;
      if (rest === undefined) return Promise.resolve({ state: 'unavailable', reason: 'offline' });
      return fetchHistory({ ...rest, phone, fetch: globalThis.fetch });
    },
    popped: (call) => {
      parts.callWindow.show();
      parts.surroundings.popped(callView(call, viewOf(parts), 0));
      parts.windows.flash(true);
    },
    retracted: (call) => {
      if (parts.desk.pops.list.current === null) parts.windows.flash(false);
      parts.surroundings.retracted(call);
    },
    changed: (what) => {
      parts.published.refresh(what);
      parts.dialling.touched();
    },
    log: log.info,
  });
}

export function wireConnection(parts: Parts): void {
  const { log, trace, stir } = parts.observed;
  parts.connection = new Connection({
    scheduler,
    client: {
      client: { app: 'handover-desk', version: app.getVersion(), instance: randomUUID() },
      random: Math.random,
      onHello: (reply, sentAt) => {
        parts.desk.welcome(reply, sentAt);
        parts.connection.signedIn(`${parts.settings.get().mode}/${reply.agent.id}`);
        parts.keeping.touchedAll();
        parts.keeping.connected();
        parts.dialling.connected();
        parts.links.greeted();
      },
      onEvent: (event, offset) => {
        stir();
        trace('event.received', event.subject ?? '', event.id, preciseNow());
        if (event.subject !== undefined)
          parts.doors.checks.heard(event.subject, parts.desk.clock.local(event.receivedtime));
        parts.desk.event(event, offset);
        if (event.subject !== undefined) parts.keeping.touched(event.subject);
      },
      onCall: (call) => {
        stir();
        parts.desk.call(call);
        parts.keeping.touched(call.call);
      },
      onGone: (call) => parts.desk.gone(call),
      onCallbacks: () => parts.dialling.callbacksChanged(),
      log: log.info,
    },
    changed: (view: ConnectionView) => {
      log.info('connection', { state: view.state });
      parts.published.refresh('pop');
      parts.dialling.touched();
    },
  });
}
