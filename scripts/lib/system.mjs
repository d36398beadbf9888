// Debian/Ubuntu packages the desk needs on a bare Linux machine. On a desktop nothing is missing and nothing is done.
import { existsSync } from 'node:fs';
import { StepError, run, say, tail } from './step.mjs';

/** What Chromium links against. */
const RUNTIME = ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'libxss1', 'libxtst6'];
/** A desktop where there is none: X server, window manager, D-Bus with a notification service, fonts, and eyes. */
const VIRTUAL_DESKTOP = [
  'xvfb',
  'openbox',
  'dbus',
  'dbus-x11',
  'dunst',
  'xdotool',
  'x11-utils',
  'xterm',
  'wmctrl',
  'imagemagick',
  'fonts-dejavu-core',
  'fonts-noto-core',
];

/** What tests ask of the system beyond that; dunst's history is read through systemd's busctl. */
const TEST_TOOLS = ['strace', 'openssl', 'systemd', 'gnome-keyring', 'libsecret-1-0'];

/** Tests that need these say so and are skipped where they cannot be installed: wrong clocks, a reverse proxy. */
const WELCOME_TOOLS = ['libfaketime', 'nginx-light'];

/** Where a browser is asked for: the gallery's pages are photographed in one. */
const BROWSER = ['chromium'];

/** Names that newer releases renamed (the 64-bit time transition). */
const RENAMED = { 'libgtk-3-0': 'libgtk-3-0t64', libasound2: 'libasound2t64' };

async function installedOf(names) {
  const format = '${Package} ${Status}\n';
  // dpkg-query fails when any name is unknown, and still lists the others.
  const { output } = await run('dpkg-query', ['-W', `-f=${format}`, ...names], { quiet: true });
  const lines = output.split('\n').filter((line) => line.endsWith('install ok installed'));
  return new Set(lines.map((line) => line.split(' ')[0]));
}

async function missingOf(names) {
  const installed = await installedOf([...names, ...names.flatMap((name) => RENAMED[name] ?? [])]);
  return names.filter((name) => !installed.has(name) && !installed.has(RENAMED[name]));
}

async function aptGet(args) {
  return run('apt-get', args, { quiet: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

async function availableName(name) {
  if (RENAMED[name] === undefined) return name;
  const { output } = await run('apt-cache', ['policy', RENAMED[name]], { quiet: true });
  return output.includes('Candidate:') && !output.includes('Candidate: (none)') ? RENAMED[name] : name;
}

/**
 * Makes sure the system libraries are there: installs them as root on Debian/Ubuntu, otherwise names the one command.
 * @param {{ virtualDesktop: boolean, tests?: boolean, browser?: boolean }} need virtualDesktop: a display with window
 *   manager and notifications where there is none; tests: the tools tests call; browser: a Chromium
 */
export async function ensureSystem({ virtualDesktop, tests = false, browser = false }) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return;
  const missing = await missingOf([
    ...RUNTIME,
    ...(virtualDesktop ? VIRTUAL_DESKTOP : []),
    ...(tests ? TEST_TOOLS : []),
    ...(browser ? BROWSER : []),
  ]);
  if (missing.length === 0) {
    if (tests) await installWelcome();
    return;
  }
  if (process.getuid?.() !== 0) {
    throw new StepError(
      `Some system packages are missing: ${missing.join(', ')}.`,
      'Only an administrator can install them.',
      `Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`,
    );
  }
  say(`Installing ${missing.length} system packages (apt-get) …`);
  const update = await aptGet(['update', '-qq']);
  const names = [];
  for (const name of missing) names.push(await availableName(name));
  const install = await aptGet(['install', '-y', '-qq', '--no-install-recommends', ...names]);
  if (install.code !== 0) {
    throw new StepError(
      `apt-get could not install ${names.join(' ')}.`,
      tail(update.code === 0 ? install.output : update.output),
      'Check the package sources of this machine, then run the command again.',
    );
  }
  if (tests) await installWelcome();
}

/** Nobody is asked for these, and nothing fails without them. */
async function installWelcome() {
  if (process.getuid?.() !== 0) return;
  for (const name of await missingOf(WELCOME_TOOLS)) {
    const { code } = await aptGet(['install', '-y', '-qq', '--no-install-recommends', name]);
    if (code !== 0) say(`${name} could not be installed: the tests that need it are skipped.`);
  }
}
