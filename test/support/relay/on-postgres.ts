/** The rooms' own tests once more, over PostgreSQL. In a few files of their own, so that they share the cores. */
import { afterAll, beforeAll, describe } from 'vitest';
import { PostgresServer, SERVER_STARTS_WITHIN_MS } from '../postgres/server';
import { keepTestsOn } from './test-database';

/** @param rooms how to load each room's tests, by name */
export function describeOnPostgres(rooms: Record<string, () => Promise<unknown>>): void {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.start();
    keepTestsOn(server);
  }, SERVER_STARTS_WITHIN_MS);
  afterAll(() => server.stop());

  for (const [name, load] of Object.entries(rooms)) {
    describe(name, async () => {
      await load();
    });
  }
}
