/** What sets a desk up. */
import { app, clipboard } from 'electron';
import { openDoors } from '../setup/doors';
import { realScheduler as scheduler } from '../timing/scheduler';
import type { Parts } from './parts';

export function wireDoors(parts: Parts): void {
  const { log } = parts.observed;
  const { platform, osRelease } = parts.environment;
  parts.doors = openDoors({
    platform,
    versions: { desk: app.getVersion(), system: `${platform} ${osRelease}` },
    scheduler,
    settings: parts.settings,
    vault: parts.vault,
    notices: parts.notices,
    company: parts.company,
    connection: parts.connection,
    desk: parts.desk,
    windows: parts.windows,
    surroundings: () => parts.surroundings,
    copy: (text) => void clipboard.writeText(text),
    restart: () => parts.backend.go(),
    failed: log.error,
  });
}
