/** The system's own dialogs: windows never learn where a file lies. */
import { BrowserWindow, dialog } from 'electron';
import type { OpenDialogOptions, SaveDialogOptions } from 'electron';

const CSV = [{ name: 'CSV', extensions: ['csv', 'tsv', 'txt'] }];

export interface FileDialogs {
  /** A file to read; undefined: none was chosen. */
  chooseFile: () => Promise<string | undefined>;
  /** Where to keep a file of this name. */
  chooseTarget: (name: string) => Promise<string | undefined>;
}

/** In front of the window that has the keyboard. */
export function fileDialogs(): FileDialogs {
  return {
    async chooseFile() {
      const options: OpenDialogOptions = { properties: ['openFile'], filters: CSV };
      const parent = BrowserWindow.getFocusedWindow();
      const { canceled, filePaths } = await (parent === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options));
      return canceled ? undefined : filePaths[0];
    },
    async chooseTarget(name) {
      const options: SaveDialogOptions = { defaultPath: name, filters: CSV };
      const parent = BrowserWindow.getFocusedWindow();
      const { canceled, filePath } = await (parent === null
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(parent, options));
      return canceled || filePath === '' ? undefined : filePath;
    },
  };
}
