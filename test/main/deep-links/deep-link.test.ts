import { describe, expect, it } from 'vitest';
import { deepLinkIn, parseDeepLink } from '../../../src/main/deep-links/deep-link';

describe('deep links', () => {
  it('name a call or the place to join a team', () => {
    expect(parseDeepLink('handover-desk://call/vinfer:call_1')).toEqual({ kind: 'call', call: 'vinfer:call_1' });
    expect(parseDeepLink('handover-desk://call/vinfer%3Acall_1/')).toEqual({ kind: 'call', call: 'vinfer:call_1' });
    expect(parseDeepLink('handover-desk://join/ab-12_C')).toEqual({ kind: 'join' });
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
