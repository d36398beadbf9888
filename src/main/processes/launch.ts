/** The embedded programs of this installation, behind the switch that decides which of them run. */
import path from 'node:path';
import type { Settings } from '../../shared/contract/settings';
import type { Log } from '../observability/log';
import type { Trace } from '../observability/trace';
import { createRelayRest } from '../rest/relay-rest';
import type { Scheduler } from '../timing/scheduler';
import type { RelayLink } from './backend';
import { BackendSwitch } from './backend-switch';
import { chooseBackend } from './choose-backend';
import type { Secrets } from './choose-backend';
import { givePracticeLeads } from './practice-leads';
import { forkUtility } from './utility-child';

export interface LaunchOptions {
  /** Folder of the built programs. */
  out: string;
  profile: string;
  settings: () => Settings;
  secrets: Secrets;
  scheduler: Scheduler;
  leaving: () => void;
  announce: (link: RelayLink) => void;
  trace: Trace;
  log: Log;
}

export function createBackendSwitch(options: LaunchOptions): BackendSwitch {
  const { out, profile, scheduler, trace, log } = options;
  return new BackendSwitch({
    leaving: options.leaving,
    announce: options.announce,
    failed: (cause) => log.error('relay.not_started', cause),
    choose: (announce) =>
      chooseBackend(options.settings(), options.secrets, {
        profile,
        scheduler,
        announce,
        forkRelay: () => forkUtility(path.join(out, 'relay', 'embedded.js'), 'Handover relay'),
        forkFloor: () => forkUtility(path.join(out, 'practice', 'embedded.js'), 'Handover practice floor'),
        practising: (link) => {
          const rest = createRelayRest({ fetch: globalThis.fetch, link: () => link });
          const file = path.join(out, '..', 'resources', 'practice', 'leads.csv');
          // Never rejects; practice goes on without a list.
          void givePracticeLeads({ rest, scheduler, file, log: log.info });
        },
        sent: ({ platform, call, event, sent_at, answered_at }) => {
          const id = call.startsWith(`${platform}:`) ? call : `${platform}:${call}`;
          trace('webhook.sent', id, event, sent_at);
          if (answered_at !== undefined) trace('webhook.acknowledged', id, event, answered_at);
        },
        log: log.info,
      }),
  });
}
