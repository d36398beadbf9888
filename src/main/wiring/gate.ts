/** What the windows may ask for, from whichever room, through the one gate. */
import { clipboard, shell } from 'electron';
import { CrmLink } from '../crm-link/crm-link';
import { createHandlers } from '../desk/handlers';
import { createOpenExternal } from '../external/open-external';
import { createOpenFolder } from '../external/open-folder';
import { exportHistory } from '../history/export';
import { recordingOf } from '../history/recording';
import { openGate } from '../ipc/gate';
import { createRelayRest } from '../rest/relay-rest';
import { createSurroundingHandlers } from '../surroundings/handlers';
import { realScheduler as scheduler } from '../timing/scheduler';
import { displayViews } from '../windows/displays';
import { openCall } from './navigate';
import type { Parts } from './parts';

export function wireGate(parts: Parts): void {
  const { log, stir } = parts.observed;
  const crm = crmLink(parts);
  const rest = createRelayRest({ fetch: globalThis.fetch, link: () => parts.connection.rest });
  const handlers = deskHandlers(parts, crm);
  openGate(
    {
      ...parts.keeping.handlers,
      ...parts.dialling.handlers,
      ...parts.doors.handlers,
      ...handlers,
      ...createSurroundingHandlers({
        crm,
        call: (id) => parts.keeping.snapshot(id),
        recording: (call) => recordingOf(call, rest),
        copy: (text) => clipboard.writeText(text),
        displays: displayViews,
        openLogs: createOpenFolder({
          folder: parts.observed.logs,
          open: (folder) => shell.openPath(folder),
          scheduler,
          failed: log.error,
        }),
        export: (query) =>
          exportHistory(query, {
            search: (page) => parts.keeping.search(page),
            choose: (suggested) => parts.windows.chooseFile(suggested),
            now: () => scheduler.now(),
            failed: log.error,
          }),
      }),
      'agent:set-state': (args, from) =>
        parts.keeping.choose(args.value) ? { ok: true } : handlers['agent:set-state'](args, from),
    },
    {
      windowOf: (id) => parts.windows.nameOf(id),
      asked: stir,
      refused: (channel, code) => log.info('ipc.refused', { channel, code }),
      failed: (channel, cause) => log.error(`ipc.failed ${channel}`, cause),
    },
  );
}

function crmLink(parts: Parts): CrmLink {
  const { log } = parts.observed;
  return new CrmLink({
    settings: () => parts.settings.get().crm,
    me: () => parts.desk.me?.id,
    open: createOpenExternal({
      hosts: () => parts.settings.get().crm?.hosts ?? [],
      open: (url) => shell.openExternal(url),
      scheduler,
      failed: log.error,
    }),
  });
}

function deskHandlers(parts: Parts, crm: CrmLink): ReturnType<typeof createHandlers> {
  const { trace } = parts.observed;
  return createHandlers({
    desk: parts.desk,
    connection: parts.connection,
    settings: parts.settings,
    enrol: parts.doors.enrol,
    notices: parts.notices,
    trace: (mark, call, event, at) => {
      trace(mark, call, event, at);
      if (mark === 'pop.painted' && at !== undefined) {
        parts.keeping.painted(call, at);
        parts.doors.checks.painted(call, at);
      }
    },
    open: (call) => openCall(parts, call),
    ready: (name) => {
      parts.windows.ready(name);
      parts.published.refresh('pop');
      parts.keeping.refresh();
      if (name === 'workspace') parts.dialling.refresh();
    },
    // Never rejects; what cannot be opened by itself can still be opened by hand, which says why.
    claimed: (call) => void crm.claimed(call),
    resizePop: (height) => parts.windows.resizePop(height),
    copy: (text) => clipboard.writeText(text),
  });
}
