/**
 * HubSpot, CRM API 2026-03 (or v3, whose paths differ and whose bodies do not): `contacts/search` by its searchable phone
 * properties, a call as an activity (`calls`, associated with its contact), `hs_lead_status` of the contact, and a task for a
 * callback. https://developers.hubspot.com/docs/api-reference/latest/crm/activities/calls/guide
 */
import { httpApi, objectOf, segment } from '../../../platforms/lib/http';
import { Fields } from '../../../platforms/lib/fields';
import { PlatformError } from '../../../platforms/api';
import type { CrmRecord } from '../../../shared/contract/crm';
import type { ConnectorOf } from '../config';
import { html } from '../text';
import { noteLines, type Told } from '../told';
import { pick, type Connector, type Delivery } from './connector';
import { isSame, soughtOf } from './phone';
import type { ConnectorDeps } from './webhook';

/** HubSpot's own ids of "call to contact" and "task to contact". */
const ASSOCIATION = { calls: 194, tasks: 204 } as const;
const MAX_FOUND = 20;
/** Calculated from what people type: digits only; the international ones with the country code. */
const PHONE_PROPERTIES = {
  national: ['hs_searchable_calculated_phone_number', 'hs_searchable_calculated_mobile_number'],
  international: [
    'hs_searchable_calculated_international_phone_number',
    'hs_searchable_calculated_international_mobile_number',
  ],
} as const;

type Activity = keyof typeof ASSOCIATION;

/** What a call and a task are found again by: HubSpot knows no key of ours. */
const callTitle = ({ call }: Told) => `Handover call ${call}`;
const taskSubject = ({ call }: Told) => `Call back (${call})`;

function callProperties(told: Told): Record<string, string> {
  const seconds = told.duration_seconds;
  const at = told.started_at ?? told.ended_at ?? told.decided_at;
  const optional = {
    hs_call_duration: typeof seconds === 'number' ? String(Math.round(seconds * 1000)) : undefined,
    [told.direction === 'inbound' ? 'hs_call_from_number' : 'hs_call_to_number']: told.phone,
    hs_call_recording_url: told.recording_url,
  };
  return {
    hs_timestamp: String(at),
    hs_call_title: callTitle(told),
    hs_call_body: html(noteLines(told).join('\n')),
    hs_call_direction: told.direction === 'inbound' ? 'INBOUND' : 'OUTBOUND',
    hs_call_status: 'COMPLETED',
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as object),
  };
}

function taskProperties(told: Told): Record<string, string> {
  return {
    hs_timestamp: String(told.callback_at),
    hs_task_subject: taskSubject(told),
    hs_task_body: html(noteLines(told).join('\n')),
    hs_task_status: 'NOT_STARTED',
    hs_task_type: 'CALL',
  };
}

export function hubspotConnector(config: ConnectorOf<'hubspot'>, { fetch }: ConnectorDeps): Connector {
  const headers = { authorization: `Bearer ${config.token}` };
  const http = httpApi({ platform: config.id, base: config.base, prefix: '', headers, fetch });
  const objects = config.version === 'v3' ? '/crm/v3/objects' : `/crm/objects/${config.version}`;

  async function search(object: string, filterGroups: object[], properties: string[], signal: AbortSignal) {
    const path = `${objects}/${object}/search`;
    const body = { filterGroups, properties, limit: MAX_FOUND };
    const { value } = await http.send({ method: 'POST', path, body, effect: 'repeatable', signal });
    return (new Fields(value).list('results') ?? []).map((found) => new Fields(found));
  }

  async function contactsOf(phone: string, signal: AbortSignal): Promise<CrmRecord[]> {
    const sought = soughtOf(phone);
    const equal = (propertyName: string, value: string) => ({ filters: [{ propertyName, operator: 'EQ', value }] });
    const groups = [
      ...PHONE_PROPERTIES.international.map((name) => equal(name, sought.digits)),
      ...PHONE_PROPERTIES.national.map((name) => equal(name, sought.national)),
    ];
    const properties = ['firstname', 'lastname', 'phone', 'mobilephone'];
    const found = await search('contacts', groups, properties, signal);
    return found.flatMap((contact) => {
      const fields = contact.fields('properties');
      const id = contact.text('id');
      if (id === undefined || !['phone', 'mobilephone'].some((name) => isSame(fields.text(name), sought))) return [];
      const name = [fields.text('firstname'), fields.text('lastname')].filter((part) => part !== undefined).join(' ');
      return [{ ref: `contacts:${id}`, ...(name === '' ? {} : { name }) }];
    });
  }

  /** @param by what finds it again @param contact id of the contact it belongs to */
  async function write(
    object: Activity,
    properties: Record<string, string>,
    by: string,
    contact: string | undefined,
    known: string | undefined,
    { again, signal }: Pick<Delivery, 'again' | 'signal'>,
  ): Promise<string> {
    const filter = { propertyName: by, operator: 'EQ', value: properties[by] };
    const before =
      known ?? (again ? (await search(object, [{ filters: [filter] }], [by], signal))[0]?.text('id') : undefined);
    if (before !== undefined) {
      const path = `${objects}/${object}/${segment(before)}`;
      await http.send({ method: 'PATCH', path, body: { properties }, effect: 'repeatable', signal });
      return before;
    }
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: ASSOCIATION[object] }];
    const associations = contact === undefined ? [] : [{ to: { id: contact }, types }];
    const path = `${objects}/${object}`;
    const { value } = await http.send({
      method: 'POST',
      path,
      body: { properties, associations },
      effect: 'acts',
      signal,
    });
    const id = objectOf(value).text('id');
    if (id === undefined) throw new PlatformError('unclear', `${config.id}: no id in the answer`);
    return id;
  }

  return {
    id: config.id,
    async deliver(delivery) {
      const { told, refs, note, signal } = delivery;
      const found = told.phone === undefined ? [] : await contactsOf(String(told.phone), signal);
      const record = pick(found, delivery);
      if (record === 'several') return { ok: false, candidates: found };
      const contact = record?.ref.slice('contacts:'.length);
      if (record !== undefined) await note({ record: record.ref });
      await note({ log: await write('calls', callProperties(told), 'hs_call_title', contact, refs.log, delivery) });
      if (contact !== undefined && told.crm_value !== undefined) {
        const path = `${objects}/contacts/${segment(contact)}`;
        const properties = { [config.status_property]: String(told.crm_value) };
        await http.send({ method: 'PATCH', path, body: { properties }, effect: 'repeatable', signal });
      }
      if (told.callback_at !== undefined) {
        await note({
          task: await write('tasks', taskProperties(told), 'hs_task_subject', contact, refs.task, delivery),
        });
      }
      return { ok: true, nobody: record === undefined };
    },
  };
}
