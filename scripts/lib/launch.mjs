// Arguments every launch of the desk needs on this machine.
import { existsSync, readFileSync } from 'node:fs';
import { StepError } from './step.mjs';

const USERNS_SWITCH = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';

/** Chromium's sandbox refuses to run as root, and some distributions forbid it to ordinary users. */
export function sandboxArgs() {
  if (process.platform !== 'linux') return [];
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  if (existsSync(USERNS_SWITCH) && readFileSync(USERNS_SWITCH, 'utf8').trim() === '1') {
    throw new StepError(
      'The desk cannot run in its sandbox here.',
      'This system forbids unprivileged user namespaces to programs it does not know.',
      'Install the .deb package (npm run package), or run once: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
    );
  }
  return [];
}
