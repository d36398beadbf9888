/** Invites, part of the store contract. */
import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/relay/store/port';
import { T0 } from './contract-events';

const asha = { id: 'asha', name: 'Asha Rao', numbers: ['+918001234567'], queues: ['blue'], role: 'agent' as const };
const LATER = T0 + 60_000;

export function describeInvites(store: () => Store): void {
  describe('invites', () => {
    const put = (codeHash: string, agent = asha, expires = LATER) =>
      store().invites.put({ codeHash, agent, expires }, T0);

    test('is used once: the agent is there and signs in with the token', async () => {
      await put('code');
      expect(await store().invites.redeem('code', 'token', T0)).toEqual(asha);
      expect(await store().agentByToken('token')).toMatchObject({ id: 'asha', queues: ['blue'] });
      expect(await store().invites.redeem('code', 'another', T0)).toBeUndefined();
      expect(await store().agentByToken('another')).toBeUndefined();
    });

    test('the same code and token again is the same answer', async () => {
      await put('code');
      await store().invites.redeem('code', 'token', T0);
      expect(await store().invites.redeem('code', 'token', T0 + 1)).toEqual(asha);
    });

    test('one of many at once gets in', async () => {
      await put('code');
      const tries = Array.from({ length: 20 }, (_, n) => store().invites.redeem('code', `token${n}`, T0));
      const answers = await Promise.all(tries);
      expect(answers.filter((answer) => answer !== undefined)).toHaveLength(1);
    });

    test('is not known before it is made, nor after it has expired', async () => {
      expect(await store().invites.redeem('code', 'token', T0)).toBeUndefined();
      await put('code', asha, T0 + 1);
      expect(await store().invites.redeem('code', 'token', T0 + 1)).toBeUndefined();
    });

    test('a second invite for the same agent makes the first one void', async () => {
      await put('first');
      await put('second');
      expect(await store().invites.redeem('first', 'token', T0)).toBeUndefined();
      expect(await store().invites.redeem('second', 'token', T0)).toEqual(asha);
    });

    test('whoever is removed cannot come in by an invite that is still open', async () => {
      await put('code');
      await store().removeAgent('asha');
      expect(await store().invites.redeem('code', 'token', T0)).toBeUndefined();
    });

    test('an agent that exists is replaced, and the old token stops working', async () => {
      await store().putAgent(asha, 'old');
      await put('code', { ...asha, name: 'Asha R' });
      expect((await store().agentByToken('old'))?.name).toBe('Asha Rao');
      await store().invites.redeem('code', 'token', T0);
      expect(await store().agentByToken('old')).toBeUndefined();
      expect((await store().agentByToken('token'))?.name).toBe('Asha R');
    });
  });
}
