/** The practice floor as an Electron utility process: commanded and reporting over its parent port. */
import { stderrLog } from './log';
import { createSession } from './session';

/** What Electron gives a utility process; Node has no such thing. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort };
const log = stderrLog();

if (parentPort === undefined) {
  log.error('This program is started by the desk.', new Error('no parent port'));
  process.exitCode = 2;
} else {
  const session = createSession({
    post: (message) => parentPort.postMessage(message),
    fetch: globalThis.fetch,
    log,
    onStopped: () => process.exit(0),
  });
  parentPort.on('message', ({ data }) => {
    // Never rejects: what goes wrong is reported over the port.
    void session(data);
  });
}
