/**
 * The one gate of all IPC. Handlers are derived from the contract's map; every request is checked for who sends it, in
 * which frame, from which page, and for the shape of what it brings; every reply is checked before it leaves.
 */
import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent } from 'electron';
import { ipcRequests } from '../../shared/contract/ipc';
import type { IpcArgs, IpcReply, IpcRequest, WindowName } from '../../shared/contract/ipc';
import { pageOf } from '../windows/app-scheme';
import { checkArgs, checkReply, mayAsk } from './checks';

export type Handlers = {
  [C in IpcRequest]: (args: IpcArgs<C>, from: WindowName) => IpcReply<C> | Promise<IpcReply<C>>;
};

/** A request that no window of ours would send. The message names a code, never what was sent. */
export class IpcRefused extends Error {
  constructor(
    readonly channel: string,
    readonly code: string,
  ) {
    super(`refused: ${code}`);
    this.name = 'IpcRefused';
  }
}

export interface GateOptions {
  /** Which of our windows a web contents is, by its id. */
  windowOf: (webContentsId: number) => WindowName | undefined;
  /** A window asks for something. */
  asked: () => void;
  refused: (channel: string, code: string) => void;
  failed: (channel: string, cause: unknown) => void;
}

function senderOf(event: IpcMainInvokeEvent, options: GateOptions): WindowName | undefined {
  const frame = event.senderFrame;
  if (frame === null || frame !== event.sender.mainFrame) return undefined;
  const name = options.windowOf(event.sender.id);
  return name !== undefined && pageOf(frame.url) === name ? name : undefined;
}

function register(channel: IpcRequest, handlers: Partial<Handlers>, options: GateOptions): void {
  // Which arguments go with which channel is what `checkArgs` makes sure of.
  const handler = handlers[channel] as ((args: unknown, from: WindowName) => unknown) | undefined;
  if (handler === undefined) return;
  const refuse = (code: string): never => {
    options.refused(channel, code);
    throw new IpcRefused(channel, code);
  };
  ipcMain.handle(channel, async (event, raw: unknown) => {
    options.asked();
    const from = senderOf(event, options);
    if (from === undefined) return refuse('sender');
    if (!mayAsk(channel, from)) return refuse('window');
    const args = checkArgs(channel, raw);
    if (args === undefined) return refuse('arguments');
    try {
      return checkReply(channel, await handler(args, from));
    } catch (error) {
      options.failed(channel, error);
      // What went wrong inside is for the log; the page learns that it did.
      throw new IpcRefused(channel, 'failed');
    }
  });
}

/** Opens the gate: from here on these channels of the contract are answered, and nothing else is. */
export function openGate(handlers: Partial<Handlers>, options: GateOptions): void {
  for (const channel of Object.keys(ipcRequests) as IpcRequest[]) register(channel, handlers, options);
  // electron-store answers a channel of its own with the profile's path; no window has use for it.
  ipcMain.removeAllListeners('electron-store-get-data');
}
