import { beforeEach, describe, expect, it } from 'vitest';
import { LOOK_EVERY_MS, TrayHost } from '../../../src/main/tray/tray-host';
import { ManualScheduler, settled } from '../support/manual-scheduler';

let scheduler: ManualScheduler;
let panel: boolean | Error;
let asked: number;
let did: string[];
let host: TrayHost;

beforeEach(() => {
  scheduler = new ManualScheduler();
  panel = false;
  asked = 0;
  did = [];
  host = new TrayHost({
    scheduler,
    exists: () => {
      asked += 1;
      return panel instanceof Error ? Promise.reject(panel) : Promise.resolve(panel);
    },
    came: () => did.push('came'),
    went: () => did.push('went'),
    failed: () => did.push('failed'),
  });
});

async function later(ms: number): Promise<void> {
  scheduler.advance(ms);
  await settled();
}

describe('the panel that shows tray icons', () => {
  it('is found though it starts after the desk', async () => {
    host.start();
    await settled();
    expect(did).toEqual([]);
    panel = true;
    await later(LOOK_EVERY_MS - 1);
    expect(did).toEqual([]);
    await later(1);
    expect(did).toEqual(['came']);
  });

  it('may end and come back, and each is told once', async () => {
    panel = true;
    host.start();
    await settled();
    await later(LOOK_EVERY_MS);
    panel = false;
    await later(LOOK_EVERY_MS);
    await later(LOOK_EVERY_MS);
    panel = true;
    await later(LOOK_EVERY_MS);
    expect(did).toEqual(['came', 'went', 'came']);
  });

  it('is asked about when a window closes, whatever was true half a minute ago', async () => {
    panel = true;
    host.start();
    await settled();
    panel = false;
    expect(await host.look()).toBe(false);
    expect(did).toEqual(['came', 'went']);
  });

  it('is asked about in one row, however often somebody asks in between', async () => {
    host.start();
    await host.look();
    await host.look();
    const before = asked;
    await later(LOOK_EVERY_MS);
    expect(asked).toBe(before + 1);
  });

  it('counts as none where the question fails', async () => {
    panel = new Error('no bus');
    expect(await host.look()).toBe(false);
    expect(did).toEqual(['failed']);
  });

  it('is not asked about after the end', async () => {
    host.start();
    await settled();
    host.stop();
    panel = true;
    await later(10 * LOOK_EVERY_MS);
    expect(asked).toBe(1);
    expect(await host.look()).toBe(false);
    expect(did).toEqual([]);
  });
});
