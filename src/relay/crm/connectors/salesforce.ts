/**
 * Salesforce REST API (v62.0 unless configured otherwise): client credentials flow, `parameterizedSearch` in phone fields over
 * contacts and open leads, a completed task as the call's log (found again by `CallObject`), `Lead.Status`, and an open task
 * for a callback. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/
 */
import { httpApi, segment } from '../../../platforms/lib/http';
import { Fields } from '../../../platforms/lib/fields';
import { PlatformError } from '../../../platforms/api';
import type { CrmRecord } from '../../../shared/contract/crm';
import type { ConnectorOf } from '../config';
import { line } from '../text';
import { noteLines, type Told } from '../told';
import { pick, type Connector, type Delivery } from './connector';
import { isSame, soughtOf } from './phone';
import type { ConnectorDeps } from './webhook';

const MAX_FOUND = 20;
/** Characters of the fields of Task. */
const MAX = { subject: 255, disposition: 255, object: 255, description: 32_000 } as const;

/** A value inside quotes of a query. */
const quoted = (text: string) => text.replace(/[\\']/g, (char) => `\\${char}`);

const callObject = ({ call }: Told, part = '') => line(`${call}${part}`, MAX.object);

function logOf(told: Told): Record<string, unknown> {
  const seconds = told.duration_seconds;
  const at = told.started_at ?? told.ended_at ?? told.decided_at;
  return {
    Subject: line(`Call: ${told.value}`, MAX.subject),
    Status: 'Completed',
    CallType: told.direction === 'inbound' ? 'Inbound' : 'Outbound',
    CallDisposition: line(told.value, MAX.disposition),
    CallObject: callObject(told),
    Description: noteLines(told).join('\n').slice(0, MAX.description),
    ...(typeof seconds === 'number' ? { CallDurationInSeconds: Math.round(seconds) } : {}),
    ActivityDate: String(at).slice(0, 10),
  };
}

function callbackOf(told: Told): Record<string, unknown> {
  const at = String(told.callback_at);
  return {
    Subject: line(`Call back ${told.name ?? told.phone ?? ''}`, MAX.subject),
    Status: 'Not Started',
    // The customer's day, where their wall time is known.
    ActivityDate: String(told.callback_wall_time ?? at).slice(0, 10),
    IsReminderSet: true,
    ReminderDateTime: at,
    CallObject: callObject(told, '#callback'),
    Description: noteLines(told).join('\n').slice(0, MAX.description),
  };
}

export function salesforceConnector(config: ConnectorOf<'salesforce'>, { fetch }: ConnectorDeps): Connector {
  const http = httpApi({ platform: config.id, base: config.base, prefix: '', headers: {}, fetch });
  const root = `/services/data/${config.api_version}`;
  let token: string | undefined;

  async function login(signal: AbortSignal): Promise<string> {
    const { client_id, client_secret } = config;
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
    const path = '/services/oauth2/token';
    const { value } = await http.send({ method: 'POST', path, body, effect: 'repeatable', signal });
    const granted = new Fields(value).text('access_token');
    if (granted === undefined) throw new PlatformError('unauthorized', `${config.id}: no access token in the answer`);
    return granted;
  }

  /** A token that ran out is refused before anything is done: asking again with a new one does nothing twice. */
  async function send(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body: object | undefined,
    signal: AbortSignal,
    acts = false,
  ) {
    const attempt = async () => {
      token ??= await login(signal);
      const headers = { authorization: `Bearer ${token}` };
      const effect = acts ? 'acts' : 'repeatable';
      const content = body === undefined ? {} : { body: body as Record<string, unknown> };
      return (await http.send({ method, path: `${root}${path}`, headers, effect, signal, ...content })).value;
    };
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof PlatformError) || error.fault !== 'unauthorized') throw error;
      token = undefined;
      return attempt();
    }
  }

  async function recordsOf(phone: string, signal: AbortSignal): Promise<CrmRecord[]> {
    const sought = soughtOf(phone);
    const fields = ['Id', 'Name', 'Phone', 'MobilePhone'];
    const sobjects = [
      { name: 'Contact', fields },
      { name: 'Lead', fields, where: 'IsConverted = false' },
    ];
    const body = { q: sought.national, in: 'PHONE', sobjects, overallLimit: MAX_FOUND };
    const found = new Fields(await send('POST', '/parameterizedSearch', body, signal)).list('searchRecords') ?? [];
    return found.flatMap((raw) => {
      const record = new Fields(raw);
      const [id, type, name] = [record.text('Id'), record.fields('attributes').text('type'), record.text('Name')];
      if (id === undefined || type === undefined) return [];
      if (!['Phone', 'MobilePhone'].some((field) => isSame(record.text(field), sought))) return [];
      return [{ ref: `${type}:${id}`, ...(name === undefined ? {} : { name }) }];
    });
  }

  async function taskOf(object: string, signal: AbortSignal): Promise<string | undefined> {
    const query = `SELECT Id FROM Task WHERE CallObject = '${quoted(object)}' LIMIT 1`;
    const value = await send('GET', `/query?q=${encodeURIComponent(query)}`, undefined, signal);
    return new Fields(new Fields(value).list('records')?.[0]).text('Id');
  }

  async function write(
    task: Record<string, unknown>,
    who: string | undefined,
    known: string | undefined,
    { again, signal }: Pick<Delivery, 'again' | 'signal'>,
  ): Promise<string> {
    const body = { ...task, ...(who === undefined ? {} : { WhoId: who }) };
    const before = known ?? (again ? await taskOf(String(task.CallObject), signal) : undefined);
    if (before !== undefined) {
      await send('PATCH', `/sobjects/Task/${segment(before)}`, body, signal);
      return before;
    }
    const made = new Fields(await send('POST', '/sobjects/Task', { ...body, TaskSubtype: 'Call' }, signal, true));
    const id = made.text('id');
    if (id === undefined) throw new PlatformError('unclear', `${config.id}: no id in the answer`);
    return id;
  }

  return {
    id: config.id,
    async deliver(delivery) {
      const { told, refs, note, signal } = delivery;
      const found = told.phone === undefined ? [] : await recordsOf(String(told.phone), signal);
      const record = pick(found, delivery);
      if (record === 'several') return { ok: false, candidates: found };
      const [type, who] = record?.ref.split(':') ?? [];
      if (record !== undefined) await note({ record: record.ref });
      await note({ log: await write(logOf(told), who, refs.log, delivery) });
      if (type === 'Lead' && who !== undefined && told.crm_value !== undefined) {
        await send('PATCH', `/sobjects/Lead/${segment(who)}`, { Status: String(told.crm_value) }, signal);
      }
      if (told.callback_at !== undefined) {
        await note({ task: await write(callbackOf(told), who, refs.task, delivery) });
      }
      return { ok: true, nobody: record === undefined };
    },
  };
}
