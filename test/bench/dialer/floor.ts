/** The built relay with agents, as the dialer's benchmark talks to it: over kept-alive connections, answers checked. */
import http from 'node:http';
import type { z } from 'zod';
import { importJobSchema, type ImportJob } from '../../../src/shared/contract/lead-imports';
import { RelayHost } from '../../support/chaos/relay-host';

const MAX_SOCKETS = 256;
const LOOK_EVERY_MS = 100;

export interface Answer {
  status: number;
  body: unknown;
}

export class Floor {
  private readonly connections = new http.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });

  private constructor(
    readonly host: RelayHost,
    private readonly supervisor: string,
    readonly agents: readonly string[],
  ) {}

  static async open(agents: number): Promise<Floor> {
    const host = await RelayHost.start();
    try {
      const supervisor = await host.addAgent({ id: 'sup', role: 'supervisor' });
      const tokens: string[] = [];
      for (let n = 0; n < agents; n += 1) tokens.push(await host.addAgent({ id: `a${n}` }));
      return new Floor(host, supervisor, tokens);
    } catch (error) {
      await host.stop();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.connections.destroy();
    await this.host.stop();
  }

  /** @param type of the body; `body` is sent as it is */
  ask(token: string, method: 'GET' | 'POST', path: string, body = '', type = 'application/json'): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, ...(body === '' ? {} : { 'content-type': type }) };
      const url = `${this.host.url}/v1${path}`;
      const request = http.request(url, { method, headers, agent: this.connections }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode ?? 0, body: text === '' ? undefined : (JSON.parse(text) as unknown) });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** @throws when the answer is another one than asked for */
  private async sure<T>(schema: z.ZodType<T>, ...what: Parameters<Floor['ask']>): Promise<T> {
    const { status, body } = await this.ask(...what);
    if (status >= 300) throw new Error(`${what[1]} ${what[2]} answered ${status}: ${JSON.stringify(body)}`);
    return schema.parse(body);
  }

  private async ended(id: string, state: ImportJob['state']): Promise<ImportJob> {
    for (;;) {
      const job = await this.sure(importJobSchema, this.supervisor, 'GET', `/leads/imports/${id}`);
      if (job.state === state) return job;
      if (job.state === 'failed') throw new Error(`the import failed: ${job.fault ?? ''}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  /** Upload, dry run and import of a file into a new list. Seconds of each. */
  async import(list: string, file: string): Promise<{ job: ImportJob; upload: number; check: number; bring: number }> {
    const marks = [performance.now()];
    const query = `list=${list}&purpose=service&kind=ai_voice`;
    const { id } = await this.sure(
      importJobSchema,
      ...([this.supervisor, 'POST', `/leads/import?${query}`, file, 'text/csv'] as const),
    );
    marks.push(performance.now());
    const checked = await this.ended(id, 'checked');
    marks.push(performance.now());
    const run = JSON.stringify({ check: checked.report?.check });
    await this.sure(importJobSchema, this.supervisor, 'POST', `/leads/imports/${id}/run`, run);
    const job = await this.ended(id, 'done');
    marks.push(performance.now());
    const took = (n: number) => ((marks[n + 1] ?? 0) - (marks[n] ?? 0)) / 1000;
    return { job, upload: took(0), check: took(1), bring: took(2) };
  }
}
