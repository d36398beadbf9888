/** A child as an Electron utility process: secrets reach it by message only, its diagnostics go to our stderr. */
import { utilityProcess } from 'electron';
import type { Child } from './child';

/** @param file bundle to run @param serviceName shown in the system's process list */
export function forkUtility(file: string, serviceName: string): Child {
  const child = utilityProcess.fork(file, [], { serviceName, stdio: ['ignore', 'ignore', 'inherit'] });
  return {
    post: (message) => {
      child.postMessage(message);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.once('exit', listener);
    },
    kill: () => {
      child.kill();
    },
  };
}
