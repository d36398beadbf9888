/**
 * The typed bridge of one window: `window.desk`, with exactly the channels of the contract that this window may use. Shapes
 * are main's business: it parses what a page asks before anything is done, and what a page is told before it leaves.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { ASKS, HEARS } from '../shared/contract/ipc-channels';
import type { DeskBridge, IpcData, IpcMessage, WindowName } from '../shared/contract/ipc';

/** Puts `window.desk` into the page. Called once per preload script. */
export function exposeDesk(name: WindowName): void {
  const mayAsk: ReadonlySet<string> = new Set(ASKS[name]);
  const mayHear: ReadonlySet<string> = new Set(HEARS[name]);
  const desk: DeskBridge = {
    async request(channel, args) {
      if (!mayAsk.has(channel)) throw new Error('refused: window');
      return (await ipcRenderer.invoke(channel, args)) as never;
    },
    on<C extends IpcMessage>(channel: C, listener: (data: IpcData<C>) => void) {
      if (!mayHear.has(channel)) throw new Error('refused: window');
      // The event itself stays here: it would hand the page a way to send.
      const receive = (_event: unknown, data: unknown) => {
        listener(data as IpcData<C>);
      };
      ipcRenderer.on(channel, receive);
      return () => {
        ipcRenderer.off(channel, receive);
      };
    },
  };
  contextBridge.exposeInMainWorld('desk', desk);
}
