import { describe, expect, it } from 'vitest';
import { deepLinkIn, parseDeepLink } from '../../../src/main/deep-links/deep-link';

describe('deep links', () => {
  it('name a call or the place to join a team', () => {
    expect(parseDeepLink('handover-desk://call/vinfer:call_1')).toEqual({ kind: 'call', call: 'vinfer:call_1' });
    expect(parseDeepLink('handover-desk://call/vinfer%3Acall_1/')).toEqual({ kind: 'call', call: 'vinfer:call_1' });
    const secret = 'aB3-_'.padEnd(32, 'x');
    const host = 'relay.example.com:8443';
    const joins = (text: string) => parseDeepLink(`handover-desk://join/${text}`);
    expect(joins(secret)).toEqual({ kind: 'join', invite: { secret } });
    expect(joins(`${secret}@${host}`)).toEqual({ kind: 'join', invite: { secret, host } });
    expect(joins(`${secret}%40relay.example.com/`)).toEqual({
      kind: 'join',
      invite: { secret, host: 'relay.example.com' },
    });
  });

  it.each([
    'handover-desk://call/',
    'handover-desk://call/nonsense',
    'handover-desk://call/vinfer:a/../../x',
    'handover-desk://call/vinfer:a?dial=1',
    'handover-desk://call/vinfer:a#x',
    'handover-desk://call/vinfer:%00',
    'handover-desk://call/vinfer:%0a--no-sandbox',
    'handover-desk://call/vinfer:%E0%A4%A',
    'handover-desk://dial/+15550100',
    'handover-desk://join/../settings',
    'handover-desk://join/a b',
    'handover-desk://join/short',
    `handover-desk://join/${'x'.repeat(32)}@relay.example.com/path`,
    `handover-desk://join/${'x'.repeat(32)}@user:pass@relay.example.com`,
    `handover-desk://join/${'x'.repeat(32)}@relay.example.com%0a`,
    `handover-desk://join/${'x'.repeat(32)}@relaу.example.com`,
    'handover-desk:call/vinfer:a',
    'HANDOVER-DESK://call/vinfer:a',
    ' handover-desk://call/vinfer:a',
    'https://call/vinfer:a',
    'javascript:alert(1)',
    '',
    `handover-desk://call/vinfer:${'x'.repeat(3000)}`,
  ])('are nothing else: %s', (text) => {
    expect(parseDeepLink(text)).toBeUndefined();
  });

  it('are found among the arguments of a program, when there is exactly one', () => {
    const link = 'handover-desk://call/vinfer:a';
    expect(deepLinkIn(['/opt/desk', '--no-sandbox', link])).toEqual({ kind: 'call', call: 'vinfer:a' });
    expect(deepLinkIn(['/opt/desk', link, link])).toBeUndefined();
    expect(deepLinkIn(['/opt/desk', '--renderer-cmd-prefix=x'])).toBeUndefined();
  });
});
