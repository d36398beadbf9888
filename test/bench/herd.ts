/** Helper process: thousands of desks that only listen, and the time every event took to reach each of them. */
import { preciseNow, spreadOf } from '../support/chaos/stats';
import { openDesk, type DeskLink } from './herd-desk';
import { serveJobs, type HerdDesk, type HerdJob, type HerdResult, type Style } from './jobs';

/** Nothing arriving for this long means that nothing more will. */
const QUIET_MS = 3_000;
const GIVE_UP_MS = 120_000;

interface Member {
  desk: HerdDesk;
  link: DeskLink | undefined;
  live: boolean;
  events: number;
}

let members: Member[] = [];
let style: Style = 'relay';
let port = 0;
let latencies: number[] = [];
let received = 0;
let lastReceived = 0;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Connects one desk. `done` is asked at every step whether the desk has got what it waits for. */
function enter(member: Member, n: number, done: (member: Member) => boolean, counted: { recovered: number }) {
  return new Promise<number>((resolve) => {
    const started = performance.now();
    const check = () => {
      if (done(member)) resolve(performance.now() - started);
    };
    const on = {
      live: (recovered: boolean) => {
        member.live = true;
        if (recovered) counted.recovered += 1;
        check();
      },
      event: (sentAt: number) => {
        received += 1;
        lastReceived = performance.now();
        member.events += 1;
        if (!Number.isNaN(sentAt)) latencies.push(preciseNow() - sentAt);
        check();
      },
    };
    member.live = false;
    member.events = 0;
    member.link = openDesk(style, member.desk.port ?? port, member.desk, n, on, member.link?.position() ?? null);
  });
}

async function enterAll(within: number, jitterMs: number, done: (member: Member) => boolean): Promise<HerdResult> {
  const started = performance.now();
  const counted = { recovered: 0 };
  const times: number[] = [];
  let next = 0;
  const work = async () => {
    while (next < members.length) {
      const n = next++;
      const member = members[n];
      if (member === undefined) return;
      if (jitterMs > 0) await wait(Math.random() * jitterMs);
      times.push(await enter(member, n, done, counted));
    }
  };
  const all = Promise.all(Array.from({ length: Math.min(within, members.length) }, work));
  await Promise.race([all, wait(GIVE_UP_MS)]);
  return { times: spreadOf(times), count: times.length, ...counted, took: (performance.now() - started) / 1000 };
}

async function report(expected: number): Promise<HerdResult> {
  const started = performance.now();
  while (received < expected && performance.now() - Math.max(started, lastReceived) < QUIET_MS) await wait(20);
  const result = {
    times: spreadOf(latencies),
    count: received,
    recovered: 0,
    took: (performance.now() - started) / 1000,
  };
  latencies = [];
  received = 0;
  return result;
}

async function work(job: HerdJob): Promise<HerdResult> {
  switch (job.kind) {
    case 'connect':
      ({ style, port } = job);
      latencies = [];
      received = 0;
      members = job.desks.map((desk) => ({ desk, link: undefined, live: false, events: 0 }));
      return enterAll(job.within, job.jitterMs, ({ live }) => live);
    case 'report':
      return report(job.expected);
    case 'drop':
      for (const { link } of members) link?.drop();
      return { times: spreadOf([]), count: members.length, recovered: 0, took: 0 };
    case 'reconnect': {
      const { events, jitterMs } = job;
      return enterAll(members.length, jitterMs, (member) => member.live && member.events >= events);
    }
  }
}

serveJobs(work);
