/** Opens the CRM at the customer of a call. */
import type { CallSnapshot } from '../../shared/contract/call';
import type { CrmLinkSettings } from '../../shared/contract/crm-link';
import type { Outcome } from '../../shared/contract/ipc';
import { customerPhone } from '../calls/call-view';
import { platformOf } from '../calls/pop-cause';
import type { Opened } from '../external/open-external';
import { fillCrmLink } from './template';
import type { CrmValues } from './template';

export interface CrmLinkOptions {
  /** Undefined: none is set up. */
  settings: () => CrmLinkSettings | undefined;
  /** Agent id, once known. */
  me: () => string | undefined;
  open: (url: string) => Promise<Opened>;
}

export function crmValues(call: CallSnapshot, me: string | undefined): CrmValues {
  const phone = customerPhone(call);
  const { contact_name, campaign } = call.fields;
  const platform = platformOf(call.call);
  return {
    call: call.call.slice(platform.length + 1),
    platform,
    ...(phone === undefined ? {} : { phone, phone_digits: phone.replaceAll(/\D/g, '') }),
    ...(contact_name === undefined ? {} : { name: contact_name.value }),
    ...(campaign === undefined ? {} : { campaign: campaign.value }),
    ...(me === undefined ? {} : { agent: me }),
  };
}

export class CrmLink {
  constructor(private readonly options: CrmLinkOptions) {}

  async open(call: CallSnapshot): Promise<Outcome> {
    const settings = this.options.settings();
    if (settings === undefined) return { ok: false, reason: 'crm_missing' };
    const filled = fillCrmLink(settings, crmValues(call, this.options.me()));
    if (!filled.ok) return filled;
    return (await this.options.open(filled.url)) === 'opened' ? { ok: true } : { ok: false, reason: 'crm_not_opened' };
  }

  /** The agent has the call now: opens only where the agent wants that. Says nothing when it cannot. */
  async claimed(call: CallSnapshot): Promise<void> {
    if (this.options.settings()?.open_on_claim === true) await this.open(call);
  }
}
