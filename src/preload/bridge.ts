/**
 * The typed bridge of one window: `window.desk`, with exactly the channels of the contract that this window may use.
 * What goes out and what comes in is checked here too, so that a page never sees a half-formed view.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { z } from 'zod';
import { ipcMessages, ipcRequests } from '../shared/contract/ipc';
import type { DeskBridge, IpcData, IpcMessage, IpcRequest, WindowName } from '../shared/contract/ipc';

// The content security policy allows no code made from strings, and zod would try.
z.config({ jitless: true });

function mayAsk(name: WindowName, channel: string): channel is IpcRequest {
  if (!Object.hasOwn(ipcRequests, channel)) return false;
  const allowed: readonly WindowName[] = ipcRequests[channel as IpcRequest].from;
  return allowed.includes(name);
}

function mayHear(name: WindowName, channel: string): channel is IpcMessage {
  if (!Object.hasOwn(ipcMessages, channel)) return false;
  const allowed: readonly WindowName[] = ipcMessages[channel as IpcMessage].to;
  return allowed.includes(name);
}

/** Puts `window.desk` into the page. Called once per preload script. */
export function exposeDesk(name: WindowName): void {
  const desk: DeskBridge = {
    async request(channel, args) {
      if (!mayAsk(name, channel)) throw new Error('refused: window');
      const { args: argsSchema, reply: replySchema } = ipcRequests[channel];
      const checked = argsSchema.safeParse(args);
      if (!checked.success) throw new Error('refused: arguments');
      const reply: unknown = await ipcRenderer.invoke(channel, checked.data);
      return replySchema.parse(reply) as never;
    },
    on<C extends IpcMessage>(channel: C, listener: (data: IpcData<C>) => void) {
      if (!mayHear(name, channel)) throw new Error('refused: window');
      // The event itself stays here: it would hand the page a way to send.
      const receive = (_event: unknown, data: unknown) => {
        const parsed = ipcMessages[channel].data.safeParse(data);
        if (parsed.success) listener(parsed.data as IpcData<C>);
      };
      ipcRenderer.on(channel, receive);
      return () => {
        ipcRenderer.off(channel, receive);
      };
    },
  };
  contextBridge.exposeInMainWorld('desk', desk);
}
