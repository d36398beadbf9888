/** Leads as starting a call sees them. */
import type { LeadsForCalls } from '../gateway/leads-port';
import type { LeadStore } from './port';
import { leadRecordSchema } from './record';

export function createLeadsInHand(store: Pick<LeadStore, 'lead'>): LeadsForCalls {
  return {
    async inHand(agent, id) {
      const view = await store.lead(Number(id));
      if (view?.hold?.agent.id !== agent) return undefined;
      const { phones, zone, region, postcode } = leadRecordSchema.parse(JSON.parse(view.lead.record));
      const { purpose, seller, platform, campaign, preview } = view.list.settings;
      return {
        phones: phones.map(({ phone }) => phone),
        list: String(view.list.id),
        purpose,
        // Who was promised a call back is called by a person's own decision.
        timerDials: preview.seconds > 0 && preview.action === 'dial' && !view.list.paused && view.callback === null,
        ...(seller === null ? {} : { seller }),
        ...(platform === null ? {} : { platform }),
        ...(campaign === null ? {} : { campaign }),
        place: {
          ...(zone === null ? {} : { zone }),
          ...(region === null ? {} : { region }),
          ...(postcode === null ? {} : { postcode }),
        },
      };
    },
  };
}
