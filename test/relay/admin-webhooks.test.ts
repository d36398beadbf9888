import { afterEach, beforeEach, expect, test } from 'vitest';
import { runAdmin, type AdminRequest } from '../../src/relay/admin/commands';
import { printAnswer } from '../../src/relay/print';
import { BootedRelay, VINFER_SECRET } from './gateway/support/booted-relay';
import { StubPlatform } from './gateway/support/stub-platform';

const URL = 'https://relay.example.com/hooks/vinfer';
const register = { command: 'webhooks.register' as const, url: URL, events: ['call.escalated'] };

let stub: StubPlatform;
let relay: BootedRelay;
beforeEach(async () => {
  stub = await StubPlatform.start();
  relay = await BootedRelay.start(stub.base);
});
afterEach(async () => {
  await relay.stop();
  await stub.stop();
});

async function printed(request: AdminRequest): Promise<string> {
  const answer = await runAdmin(request, relay.admin);
  return answer.ok ? printAnswer(request, answer.value) : `refused: ${answer.message}`;
}

test('an operator registers this relay at a platform, sees it there and removes it', async () => {
  expect(await printed(register)).toBe('vinfer:wh_1\n');
  expect(stub.webhooks).toEqual([{ id: 'wh_1', url: URL, secret: VINFER_SECRET }]);
  expect(await printed({ command: 'webhooks.list' })).toBe(`vinfer:wh_1\t${URL}\t\n`);
  expect(await printed({ command: 'webhooks.remove', id: 'vinfer:wh_1' })).toBe('vinfer:wh_1 removed\n');
  expect(stub.webhooks).toEqual([]);
});

test('an operator is told what is wrong with an address, and what a platform says', async () => {
  expect(await printed({ ...register, url: 'https://relay.example.com/hooks/other' })).toContain('/hooks/vinfer');
  expect(await printed({ ...register, platform: 'salpre' })).toContain('not connected to that platform');
  stub.fault = () => ({ status: 401 });
  expect(await printed(register)).toContain('does not accept the key');
  expect(await printed({ command: 'webhooks.list' })).toBe('vinfer: refused\n');
});
