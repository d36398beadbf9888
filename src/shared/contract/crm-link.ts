/** The link from a call into the agent's CRM (section `crm` of the settings). */
import { z } from 'zod';

/** What a template may name, each written in braces: `https://crm.example.com/search?phone={phone}`. */
export const crmFieldSchema = z.enum(['phone', 'phone_digits', 'name', 'call', 'platform', 'campaign', 'agent']);
export type CrmField = z.infer<typeof crmFieldSchema>;

export const crmLinkSettingsSchema = z.strictObject({
  /** `https` address with fields anywhere after the host. */
  template: z.string().max(1_000),
  /** `host` or `host:port`, lower case; nothing else is ever opened. */
  hosts: z.array(z.string().max(260)).max(20),
  /** Opens by itself once the agent has the call. */
  open_on_claim: z.boolean(),
});
export type CrmLinkSettings = z.infer<typeof crmLinkSettingsSchema>;
