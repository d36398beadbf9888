/** One folder of the desk's own, shown in the system's file manager. Which one is fixed here: no window names a path. */
import { stat } from 'node:fs/promises';
import type { Scheduler } from '../timing/scheduler';

export interface OpenFolderOptions {
  folder: string;
  /** Electron's `shell.openPath`: answers with what went wrong, or with nothing. */
  open: (path: string) => Promise<string>;
  scheduler: Scheduler;
  failed: (what: string, cause: unknown) => void;
}

/** A file manager that has not come by then is not going to. */
const OPENS_WITHIN_MS = 5_000;

/** @returns shows the folder, and says whether it did; never rejects */
export function createOpenFolder({ folder, open, scheduler, failed }: OpenFolderOptions): () => Promise<boolean> {
  return async () => {
    try {
      // What is no folder would be started instead of shown.
      if (!(await stat(folder)).isDirectory()) throw new Error('it is no folder');
      let cancel: () => void = () => undefined;
      const late = new Promise<string>((resolve) => {
        cancel = scheduler.after(OPENS_WITHIN_MS, () => resolve('no answer'));
      });
      const problem = await Promise.race([open(folder), late]).finally(() => cancel());
      if (problem !== '') throw new Error(problem);
      return true;
    } catch (error) {
      failed('external.folder_not_opened', error);
      return false;
    }
  };
}
