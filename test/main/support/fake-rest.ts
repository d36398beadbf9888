/** The relay's REST API as a table: every request is heard, and answered by what the test put under its address. */
import type { RelayRest, RestAnswer, RestRequest } from '../../../src/main/rest/relay-rest';
import type { RelayReason } from '../../../src/shared/contract/relay-reasons';

export type Said = { ok: object } | { no: RelayReason; problem?: object };

export interface FakeRest extends RelayRest {
  /** `POST /v1/leads/next` with what it brought, oldest first. */
  readonly heard: { to: string; body: unknown; key: string | undefined }[];
  /** By method and path without its query; what is not there is `offline`. */
  readonly answers: Map<string, Said | ((body: unknown) => Said)>;
}

export function fakeRest(answers: Record<string, Said | ((body: unknown) => Said)> = {}): FakeRest {
  const table = new Map(Object.entries(answers));
  const heard: FakeRest['heard'] = [];
  function answer(to: string, body: unknown): Said {
    const said = table.get(to) ?? { no: 'offline' as const };
    return typeof said === 'function' ? said(body) : said;
  }
  return {
    heard,
    answers: table,
    ask: <T>({ method, path, body, key, answer: schema }: RestRequest<T>): Promise<RestAnswer<T>> => {
      const to = `${method} ${path.split('?')[0] ?? ''}`;
      heard.push({ to, body, key });
      const said = answer(to, body);
      if ('ok' in said) return Promise.resolve({ ok: true, status: 200, value: schema.parse(said.ok) });
      return Promise.resolve({
        ...{ ok: false, reason: said.no, done: said.no === 'no_answer' ? 'perhaps' : 'no' },
        ...(said.problem === undefined ? {} : { problem: said.problem as never }),
      });
    },
    read: () => Promise.resolve({ ok: false, reason: 'offline', done: 'no' }),
  };
}
