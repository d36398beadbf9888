/** Two relays behind the reverse proxy of docs/deploy: a desk and platforms that know only the proxy's address. */
import { expect, it } from 'vitest';
import { checkDelivery } from '../../support/chaos/delivery-check';
import { DeskProbe, readWholeLog } from '../../support/chaos/desk-probe';
import { FloorHost, numberOfTeam, teamOf } from '../../support/chaos/floor-host';
import { Nginx, nginxMissing } from '../../support/chaos/nginx';
import { PlatformFake } from '../../support/chaos/platform';
import { WebhookPool } from '../../support/chaos/webhook-pool';
import { until } from '../../support/poll';

const TEAM = 3;
const PAUSE_MS = 40;
const WITHIN_MS = 60_000;

it.skipIf(nginxMissing)(
  'takes desks and webhooks to the relay that is there, through a kill and a rolling restart',
  async () => {
    const floor = await FloorHost.start({ relays: 2, synchronous: false, platform: 'http://127.0.0.1:9' });
    const [first, second] = [floor.relay(0).host, floor.relay(1).host];
    const nginx = await Nginx.start([first.port, second.port]);
    const pool = new WebhookPool({ port: nginx.port, connections: 4 });
    const platform = new PlatformFake(pool);
    const [token = ''] = await floor.addAgents([{ id: 'asha', queues: [teamOf(TEAM)] }]);
    const options = { port: nginx.port, token, instance: 'asha' };
    const desk = new DeskProbe({ ...options, answerWithinMs: 1_500 });
    try {
      const { epoch } = await desk.connect();
      desk.drop();
      desk.follow();
      const work = new AbortController();
      const posting = (async () => {
        for (let n = 0; !work.signal.aborted; n += 1) {
          await platform.post({ id: String(n), to: numberOfTeam(TEAM) });
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        }
      })();
      await until('the desk to follow', () => desk.seen.length > 3, WITHIN_MS);
      for (const host of [first, second]) {
        await host.end('SIGKILL');
        const seen = desk.seen.length;
        await until('the desk to follow at the other relay', () => desk.seen.length > seen + 3, WITHIN_MS);
        await host.up();
        await floor.whole();
      }
      for (const host of [second, first]) {
        const seen = desk.seen.length;
        await host.end('SIGTERM');
        await until('the desk to go on', () => desk.seen.length > seen + 3, WITHIN_MS);
        await host.up();
        await floor.whole();
      }
      work.abort();
      await posting;
      await until('every webhook to be accepted', async () => (await platform.retry()) === 0, WITHIN_MS);
      const log = await readWholeLog(options, epoch);
      await until('the desk to have seen everything', () => desk.position?.offset === log.position?.offset, WITHIN_MS);
      expect(checkDelivery(platform, log.seen)).toMatchObject({ lost: [], repeated: [], unexpected: [] });
      expect(desk.seen).toEqual(log.seen);
      expect([...platform.problems, ...desk.problems]).toEqual([]);
      expect(desk.sessions).toBeGreaterThan(2);
    } finally {
      await desk.stop();
      pool.close();
      await nginx.stop();
      await floor.stop();
    }
  },
  240_000,
);
