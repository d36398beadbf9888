import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Child } from '../../../src/main/processes/child';
import { floorConfig, makePracticeSecrets, practiceRelayConfig } from '../../../src/main/processes/configs';
import { Supervised } from '../../../src/main/processes/supervised';
import { until } from '../../support/poll';
import { ManualScheduler } from '../support/manual-scheduler';

let folder: string;
let scheduler: ManualScheduler;
let said: string[];
let program: Supervised<string> | undefined;

/** A real process with a message channel, as a utility process has one. */
function forkNode(script: string): Child {
  const child = fork(script, { stdio: 'ignore' });
  return {
    post: (message) => child.send(message as object, () => undefined),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', (code) => listener(code ?? -1)),
    kill: () => child.kill('SIGKILL'),
  };
}

function supervise(script: string): Supervised<string> {
  const file = path.join(folder, 'program.cjs');
  writeFileSync(file, script);
  let starts = 0;
  program = new Supervised({
    fork: () => forkNode(file),
    messages: z.string(),
    start: () => ({ type: 'start', n: (starts += 1) }),
    onMessage: (message) => said.push(message),
    onDown: () => said.push('down'),
    scheduler,
    log: (what) => said.push(what),
  });
  program.start();
  return program;
}

const heard = (message: string) => until(message, () => said.includes(message));

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handover-process-'));
  scheduler = new ManualScheduler();
  said = [];
});

afterEach(async () => {
  program?.restart();
  await program?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const POLITE = `process.on('message', (m) => {
  if (m.type === 'start') process.send('started ' + m.n);
  if (m.type === 'stop') process.exit(0);
  if (m.type === 'die') process.exit(3);
});`;

describe('a supervised program', () => {
  it('gets its start message and is heard', async () => {
    supervise(POLITE);
    await heard('started 1');
  });

  it('is started again when it ends, a little later each time', async () => {
    const running = supervise(POLITE);
    await heard('started 1');
    running.post({ type: 'die' });
    await heard('down');
    scheduler.advance(999);
    expect(said).not.toContain('started 2');
    scheduler.advance(1);
    await heard('started 2');
  });

  it('stops when asked, and stays stopped', async () => {
    const running = supervise(POLITE);
    await heard('started 1');
    await running.stop();
    scheduler.advance(120_000);
    expect(said).toEqual(['started 1']);
  });

  it('is ended when it does not stop in time', async () => {
    const running = supervise("process.on('message', (m) => m.type === 'start' && process.send('deaf'));");
    await heard('deaf');
    const stopping = running.stop();
    scheduler.advance(5_000);
    await stopping;
  });

  it('is not believed when it says something else', async () => {
    supervise('process.on("message", () => process.send({ odd: true }));');
    await heard('process.unknown_message');
  });
});

describe('the practice configuration', () => {
  it('shares fresh secrets between floor and relay, and keeps the relay’s log in the profile', () => {
    const secrets = makePracticeSecrets();
    expect(makePracticeSecrets()).not.toEqual(secrets);
    const floor = JSON.stringify(floorConfig(secrets, 0));
    const relay = practiceRelayConfig('/profile', secrets, 'http://127.0.0.1:9', 0);
    expect(floor).toContain(secrets.webhook);
    expect(relay).toMatchObject({
      listen: { host: '127.0.0.1' },
      store: { path: path.join('/profile', 'practice', 'relay.db') },
      platforms: { vinfer: { secrets: [secrets.webhook], api: { base: 'http://127.0.0.1:9/vinfer' } } },
    });
  });
});
