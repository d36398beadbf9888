/** What the windows may ask of the system around them: the CRM, an exported file, the displays there are. */
import type { CallSnapshot } from '../../shared/contract/call';
import type { HistoryExport } from '../../shared/contract/history';
import type { IpcReply } from '../../shared/contract/ipc';
import type { DisplayView } from '../../shared/contract/views';
import type { CrmLink } from '../crm-link/crm-link';
import type { Handlers } from '../ipc/gate';

export type SurroundingChannel =
  'call:open-crm' | 'call:copy-recording' | 'history:export' | 'displays:list' | 'logs:open';

export interface SurroundingParts {
  crm: CrmLink;
  /** In memory or kept; undefined: gone from this desk. */
  call: (id: string) => Promise<CallSnapshot | undefined>;
  /** An address that is valid now; undefined: none can be had. Never rejects. */
  recording: (call: CallSnapshot) => Promise<string | undefined>;
  copy: (text: string) => void | Promise<void>;
  export: (query: HistoryExport) => Promise<IpcReply<'history:export'>>;
  displays: () => DisplayView[];
  /** Shows the folder of the logs; false: the system did not. Never rejects. */
  openLogs: () => Promise<boolean>;
}

export function createSurroundingHandlers(parts: SurroundingParts): Pick<Handlers, SurroundingChannel> {
  return {
    'call:open-crm': async ({ call: id }) => {
      const call = await parts.call(id);
      return call === undefined ? { ok: false, reason: 'call_gone' } : parts.crm.open(call);
    },
    'call:copy-recording': async ({ call: id }) => {
      const call = await parts.call(id);
      if (call === undefined) return { ok: false, reason: 'call_gone' };
      const address = await parts.recording(call);
      if (address === undefined) return { ok: false, reason: 'no_recording' };
      await parts.copy(address);
      return { ok: true };
    },
    'history:export': (query) => parts.export(query),
    'logs:open': async () => ((await parts.openLogs()) ? { ok: true } : { ok: false, reason: 'folder_not_opened' }),
    'displays:list': () => ({ displays: parts.displays() }),
  };
}
