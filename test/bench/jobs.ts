/** What the benchmark's processes ask of each other: the generator and the herd run apart, so that neither slows the other's clock. */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Spread } from '../support/chaos/stats';

/** Which server is measured; the herd speaks each one's protocol. */
export type Style = 'relay' | 'bare' | 'socket.io';

export interface LoadJob {
  kind: 'load';
  port: number;
  /** Of several relays that are posted to in turn; each gets its share of the connections. */
  ports?: number[];
  connections: number;
  seconds: number;
  /** Requests per second, or as many as every connection can do one after the other. */
  rate: number | 'most';
  /** Begins every event id of this job. */
  prefix: string;
  /** Numbers that calls are transferred to, in turn. */
  numbers: string[];
}
export interface LoadResult {
  /** Milliseconds from due to answered, of accepted requests. */
  ack: Spread;
  outcomes: Record<string, number>;
  posted: number;
  took: number;
}

export interface HerdDesk {
  token: string;
  number: string;
  /** Where it connects, when that is not where all others do. */
  port?: number;
}
export type HerdJob =
  | { kind: 'connect'; style: Style; port: number; desks: HerdDesk[]; within: number; jitterMs: number }
  /** Waits until this many events have arrived in all since the last report, or nothing comes any more. */
  | { kind: 'report'; expected: number }
  | { kind: 'drop' }
  /** All at once, each from where it stood; done when every desk is live and has this many more events. */
  | { kind: 'reconnect'; jitterMs: number; events: number };
export interface HerdResult {
  /** Milliseconds: per desk until live, or per event from due to received. */
  times: Spread;
  /** Desks connected, or events received. */
  count: number;
  recovered: number;
  took: number;
}

/** A helper process, one job at a time. */
export class Helper<Job extends object, Result> {
  private constructor(private readonly child: ChildProcess) {}

  /** @param program name of a bundle beside this one */
  static start<Job extends object, Result>(program: string): Helper<Job, Result> {
    const child = fork(path.join(import.meta.dirname, `${program}.js`), [], { execArgv: ['--enable-source-maps'] });
    return new Helper<Job, Result>(child);
  }

  run(job: Job): Promise<Result> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`a helper process ended with ${code ?? 'a signal'}`));
      this.child.once('exit', onExit);
      this.child.once('message', (message) => {
        this.child.off('exit', onExit);
        const answer = message as { result: Result } | { error: string };
        if ('error' in answer) reject(new Error(answer.error));
        else resolve(answer.result);
      });
      this.child.send(job);
    });
  }

  stop(): void {
    this.child.kill();
  }
}

/** Serves jobs in a helper process until the parent is gone. Each helper is only ever sent its own kind of job. */
export function serveJobs(work: (job: never) => Promise<LoadResult | HerdResult>): void {
  const answer = async (job: unknown) => {
    try {
      process.send?.({ result: await work(job as never) });
    } catch (error) {
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  // Every failure is answered to the parent.
  process.on('message', (job) => void answer(job));
  process.on('disconnect', () => process.exit(0));
}
