/** The relay's REST API as a table: every request is heard, and answered by what the test put under its address. */
import type { RelayRest, RestAnswer, RestRequest } from '../../../src/main/rest/relay-rest';
import type { RelayReason } from '../../../src/shared/contract/relay-reasons';

export type Said = { ok: object } | { no: RelayReason; problem?: object };

/** Or made from what the request brought: its body, and the query of its path. */
type Answer = Said | ((body: unknown, query: URLSearchParams) => Said);

export interface FakeRest extends RelayRest {
  /** `POST /v1/leads/next` with what it brought, oldest first. */
  readonly heard: { to: string; body: unknown; key: string | undefined }[];
  /** By method and path without its query; what is not there is `offline`. */
  readonly answers: Map<string, Answer>;
}

export function fakeRest(answers: Record<string, Answer> = {}): FakeRest {
  const table = new Map(Object.entries(answers));
  const heard: FakeRest['heard'] = [];
  function answer(to: string, body: unknown, query: string): Said {
    const said = table.get(to) ?? { no: 'offline' as const };
    return typeof said === 'function' ? said(body, new URLSearchParams(query)) : said;
  }
  return {
    heard,
    answers: table,
    ask: <T>({ method, path, body, key, answer: schema }: RestRequest<T>): Promise<RestAnswer<T>> => {
      const [plain = '', query = ''] = path.split('?');
      const to = `${method} ${plain}`;
      heard.push({ to, body, key });
      const said = answer(to, body, query);
      if ('ok' in said) return Promise.resolve({ ok: true, status: 200, value: schema.parse(said.ok) });
      return Promise.resolve({
        ...{ ok: false, reason: said.no, done: said.no === 'no_answer' ? 'perhaps' : 'no' },
        ...(said.problem === undefined ? {} : { problem: said.problem as never }),
      });
    },
    read: () => Promise.resolve({ ok: false, reason: 'offline', done: 'no' }),
  };
}
