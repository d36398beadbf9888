/** The rooms' own tests once more, over PostgreSQL. */
import { afterAll, beforeAll, describe } from 'vitest';
import { PostgresServer, SERVER_STARTS_WITHIN_MS } from '../../support/postgres/server';
import { keepTestsOn } from '../../support/relay/test-database';

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
  keepTestsOn(server);
}, SERVER_STARTS_WITHIN_MS);
afterAll(() => server.stop());

const rooms: Record<string, () => Promise<unknown>> = {
  consents: () => import('../consents/consents.test'),
  crm: () => import('../crm/crm.test'),
  leads: () => import('../leads/preview.test'),
  deliveries: () => import('../deliveries/deliveries.test'),
  'dial check': () => import('../dialling/dial-check.test'),
  dnc: () => import('../dnc/dnc.test'),
  'catch-up': () => import('../gateway/catch-up.test'),
  disposition: () => import('../gateway/disposition.test'),
  permission: () => import('../gateway/permission.test'),
  reads: () => import('../gateway/reads.test'),
  'start a call': () => import('../gateway/start-call.test'),
  transcripts: () => import('../gateway/transcripts.test'),
  invites: () => import('../invites/join.test'),
  forget: () => import('../retention/forget.test'),
  resume: () => import('../desks/resume.test'),
};

for (const [name, load] of Object.entries(rooms)) {
  describe(name, async () => {
    await load();
  });
}
