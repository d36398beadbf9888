/** The relay: somebody else's, or our own. */
import { createBackendSwitch } from '../processes/launch';
import { realScheduler as scheduler } from '../timing/scheduler';
import type { Parts } from './parts';

export function wireBackend(parts: Parts): void {
  const { log, trace } = parts.observed;
  parts.backend = createBackendSwitch({
    out: parts.places.out,
    profile: parts.places.profile,
    settings: parts.settings.get,
    secrets: { vault: parts.vault, solo: parts.doors.solo },
    scheduler,
    trace,
    log,
    leaving: () => parts.connection.close(),
    announce: (link) => parts.connection.use(link),
  });
}
