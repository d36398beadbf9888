import { expect, it } from 'vitest';
import { hostileClients } from './hostile-clients';

it('answers good webhooks while hostile clients hold sockets and flood it', async ({ skip }) => {
  const verdict = await hostileClients({ seed: 1, long: false });
  if (verdict.outcome === 'skipped') skip(verdict.problems.join());
  expect(verdict).toMatchObject({ outcome: 'held', problems: [] });
}, 120_000);
