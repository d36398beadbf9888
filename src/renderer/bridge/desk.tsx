/** The renderer's only way out: `window.desk`, as the preload script exposes it. */
import { createContext, useContext, type ReactNode } from 'react';
import type { DeskBridge, IpcArgs, IpcReply, IpcRequest, Outcome } from '../../shared/contract/ipc';
import { NO_ANSWER } from './reason-words';

declare global {
  interface Window {
    readonly desk: DeskBridge;
  }
}

const DeskContext = createContext<DeskBridge | null>(null);

export function DeskProvider({ desk, children }: { desk: DeskBridge; children: ReactNode }) {
  return <DeskContext value={desk}>{children}</DeskContext>;
}

export function useDesk(): DeskBridge {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk needs a DeskProvider above it.');
  return desk;
}

/** Requests whose reply is a plain outcome. */
export type CommandChannel = { [C in IpcRequest]: IpcReply<C> extends Outcome ? C : never }[IpcRequest];

export type CommandResult = Outcome | ({ ok: false } & typeof NO_ANSWER);

/** Sends one command. Never rejects: a fault between the processes is an outcome that the person can be shown. */
export async function send<C extends CommandChannel>(
  desk: DeskBridge,
  channel: C,
  args: IpcArgs<C>,
): Promise<CommandResult> {
  try {
    return await desk.request(channel, args);
  } catch (error) {
    reportError(error);
    return { ok: false, ...NO_ANSWER };
  }
}
