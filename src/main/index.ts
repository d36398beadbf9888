/** Lifecycle of the desk: one instance, sandboxed, composed when Electron is ready, drained before it quits. */
import { Menu, app, protocol } from 'electron';
import { compose } from './compose';
import type { Running } from './compose';
import { readEnvironment } from './environment';
import { Quitting } from './lifecycle/quitting';
import { realScheduler as scheduler } from './timing/scheduler';
import { APP_SCHEME } from './windows/app-scheme';

// Together with --no-sandbox (needed to run as root, as test machines do) every child process would refuse to start.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// Before ready: a scheme's privileges cannot be given later. No fetch, no bypassing of the content security policy.
// `stream`: sounds are asked for in parts.
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, stream: true } },
]);
Menu.setApplicationMenu(null);
// Windows shows no notification of a program it does not know by name; the same as in electron-builder.yml.
app.setAppUserModelId('desk.handover.app');

function run(): void {
  let running: Running | undefined;
  let quitting: Quitting | undefined;

  // What comes before there is a desk is followed once there is one: the program's own arguments, and macOS' links.
  const early = [process.argv];
  const startedAgainWith = (argv: readonly string[]) => {
    if (running === undefined) early.push([...argv]);
    else running.startedAgainWith(argv);
  };

  app.on('second-instance', (_event, argv) => {
    startedAgainWith(argv);
  });
  // macOS hands links over this way.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    startedAgainWith([url]);
  });
  // The workspace hides or minimises; the desk ends by its menu only.
  app.on('window-all-closed', () => undefined);
  app.on('activate', () => {
    running?.startedAgainWith([]);
  });
  app.on('before-quit', (event) => {
    if (quitting !== undefined && !quitting.mayQuit()) event.preventDefault();
  });
  app
    .whenReady()
    .then(() => {
      running = compose(readEnvironment());
      quitting = new Quitting({ ...running, scheduler, quit: () => app.quit(), exit: () => app.exit(0) });
      for (const argv of early) running.startedWith(argv);
    })
    .catch((error: unknown) => {
      // Nothing is up that could show or log it: the system's own way is the only one left.
      process.stderr.write(`Handover Desk did not start: ${String(error)}\n`);
      app.exit(1);
    });
}

if (app.requestSingleInstanceLock()) run();
else app.quit();
