/** What starting a call needs to know of the lead that is called. */
import type { DialPurpose } from '../../shared/contract/dialling-policies';

export interface LeadForCall {
  /** E.164; the call goes to one of them. */
  phones: readonly string[];
  list: string;
  purpose: DialPurpose;
  /** The list lets a preview timer start this call. */
  timerDials: boolean;
  /** On whose behalf; absent: the seller of the configuration. */
  seller?: string;
  platform?: string;
  /** `<platform>:<id>`. */
  campaign?: string;
  place: { zone?: string; region?: string; postcode?: string };
}

export interface LeadsForCalls {
  /** The lead, if this agent has it in hand now. */
  inHand(agent: string, lead: string): Promise<LeadForCall | undefined>;
}
