/** The checks of the gate that need no Electron. */
import { ipcMessages, ipcRequests } from '../../shared/contract/ipc';
import type { IpcArgs, IpcData, IpcMessage, IpcReply, IpcRequest, WindowName } from '../../shared/contract/ipc';

/** Largest request, characters of JSON: settings with every list full fit many times over. */
const MAX_REQUEST_CHARS = 256 * 1024;

export function mayAsk(channel: IpcRequest, from: WindowName): boolean {
  const allowed: readonly WindowName[] = ipcRequests[channel].from;
  return allowed.includes(from);
}

export function mayHear(channel: IpcMessage, to: WindowName): boolean {
  const allowed: readonly WindowName[] = ipcMessages[channel].to;
  return allowed.includes(to);
}

function isTooLarge(raw: unknown): boolean {
  try {
    return JSON.stringify(raw).length > MAX_REQUEST_CHARS;
  } catch {
    // Cycles and big integers are in no schema.
    return true;
  }
}

/** Parsed arguments, or undefined when they do not fit. */
export function checkArgs<C extends IpcRequest>(channel: C, raw: unknown): IpcArgs<C> | undefined {
  if (raw === undefined || isTooLarge(raw)) return undefined;
  const parsed = ipcRequests[channel].args.safeParse(raw);
  return parsed.success ? (parsed.data as IpcArgs<C>) : undefined;
}

/** The reply as the contract wants it; throws when a handler broke it, which is a fault of ours. */
export function checkReply<C extends IpcRequest>(channel: C, reply: unknown): IpcReply<C> {
  return ipcRequests[channel].reply.parse(reply) as IpcReply<C>;
}

/** A message as the contract wants it; throws when it does not fit, which is a fault of ours. */
export function checkMessage<C extends IpcMessage>(channel: C, data: unknown): IpcData<C> {
  return ipcMessages[channel].data.parse(data) as IpcData<C>;
}
