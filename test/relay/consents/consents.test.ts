/** Consents on the real gateway: evidence that is never changed, opens the way for calls, and can be withdrawn. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { consentsAnswerSchema } from '../../../src/shared/contract/consents';
import { dialAnswerSchema } from '../../../src/shared/contract/dialling';
import { Harness, sectionsFor } from '../gateway/support/harness';
import { StubPlatform } from '../gateway/support/stub-platform';

const PHONE = '+12125550100';
let stub: StubPlatform;
let harness: Harness;

beforeEach(async () => {
  stub = await StubPlatform.start();
  harness = await Harness.open(sectionsFor(stub.base, 'vinfer'));
  harness.clock.offset = Date.parse('2026-11-23T12:00:00-05:00') - Date.now();
});
afterEach(async () => {
  await harness.close();
  await stub.stop();
});

const consent = {
  ...{ phone: PHONE, kinds: ['ai_voice'], purposes: ['service'], written: false, source: 'form 7' },
  given_at: '2026-03-01T10:00:00-05:00',
};
const give = (more: object = {}, agent = 'sup') =>
  harness.ask(agent, 'POST', '/v1/consents', { body: { consents: [{ ...consent, ...more }] } });
async function reasons(query: Record<string, string> = {}): Promise<string[]> {
  const asked = new URLSearchParams({ phone: PHONE, kind: 'ai_voice', purpose: 'service', ...query });
  const { body } = await harness.ask('asha', 'GET', `/v1/dial-check?${asked.toString()}`);
  return dialAnswerSchema.parse(body).findings.flatMap(({ effect, reason }) => (effect === 'block' ? [reason] : []));
}
const kept = async () =>
  consentsAnswerSchema.parse((await harness.ask('asha', 'GET', '/v1/consents?phone=%2B12125550100')).body).data;

describe('a consent', () => {
  it('opens the way for the calls it speaks of, and for no others', async () => {
    expect(await reasons()).toEqual(['consent_missing']);
    expect((await give()).body).toEqual({ recorded: 1, repeated: 0 });
    expect(await reasons()).toEqual([]);
    expect(await reasons({ purpose: 'sales' })).toContain('consent_missing');
    expect(await reasons({ seller: 'Somebody Else' })).toEqual(['consent_missing']);
  });

  it('is kept once however often it is handed in, and another one beside it', async () => {
    await give();
    expect((await give()).body).toEqual({ recorded: 0, repeated: 1 });
    await give({ written: true });
    expect(await kept()).toHaveLength(2);
  });

  it('counts until it expires, and not before it is given', async () => {
    await give({ expires_at: '2026-11-23T00:00:00Z' });
    expect(await reasons()).toEqual(['consent_expired']);
    expect((await give({ given_at: '2027-01-01T00:00:00Z' })).status).toBe(400);
  });

  it('is withdrawn by any agent who hears it, for good and with the reason', async () => {
    await give();
    const [one] = await kept();
    const revoke = (agent: string, reason: string) =>
      harness.ask(agent, 'POST', `/v1/consents/${one?.id ?? ''}/revoke`, { body: { reason } });
    expect((await revoke('asha', 'said so')).body).toMatchObject({ revoked: { by: 'asha', reason: 'said so' } });
    expect((await revoke('sup', 'again')).body).toMatchObject({ revoked: { by: 'asha', reason: 'said so' } });
    expect(await reasons()).toEqual(['consent_revoked']);
    // Handed in again it is the same consent, and stays withdrawn.
    await give();
    expect(await reasons()).toEqual(['consent_revoked']);
    expect((await harness.ask('asha', 'POST', '/v1/consents/nobody/revoke', { body: { reason: 'x' } })).status).toBe(
      404,
    );
  });

  it('is handed in by supervisors only', async () => {
    expect((await give({}, 'asha')).status).toBe(403);
  });
});
