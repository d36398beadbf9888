import { beforeEach, describe, expect, it } from 'vitest';
import { createOpenExternal, mayOpen } from '../../../src/main/external/open-external';
import { ManualScheduler, settled } from '../support/manual-scheduler';

const HOSTS = ['crm.example.com', 'crm.example.com:8443'];

describe('what may be opened in another program', () => {
  it.each(['https://crm.example.com/', 'https://crm.example.com:8443/a?b=c#d'])('%s', (address) => {
    expect(mayOpen(address, HOSTS)).toBe(true);
  });
});

describe('what may not', () => {
  it.each([
    'http://crm.example.com/',
    'https://crm.example.com.evil.example/',
    'https://evil.example/crm.example.com',
    'https://me@crm.example.com/',
    'https://me:secret@crm.example.com/',
    'https://crm.example.com:444/',
    'https://crm.example.com:443/',
    'https://CRM.example.com/',
    'https://crm.example.com/../x',
    'https://crm.example.com\\@evil.example/',
    'https:crm.example.com',
    ' https://crm.example.com/',
    'https://crm.example.com/\n',
    'https://crm.example.com/\0',
    'https://xn--rm-7ka.example.com/',
    'https://crm.example.com%2eevil.example/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://0x7f000001/',
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'file://server/share/x.exe',
    '\\\\server\\share\\x.exe',
    '//crm.example.com/',
    'ms-msdt:/id PCWDiagnostic',
    'ms-settings:',
    'search-ms:query=x',
    'smb://server/x',
    'ftp://crm.example.com/',
    'tel:+919123456789',
    'mailto:x@example.com',
    'app://desk/workspace.html',
    'handover-desk://call/vinfer:1',
    'chrome://settings',
    'about:blank',
    'blob:https://crm.example.com/1',
    'https://',
    'https:///',
    'crm.example.com',
    '',
    `https://crm.example.com/${'x'.repeat(3_000)}`,
  ])('%j', (address) => {
    expect(mayOpen(address, HOSTS)).toBe(false);
  });
});

describe('opening', () => {
  let scheduler: ManualScheduler;
  let opened: string[];
  let answer: () => Promise<void>;
  const open = (address = 'https://crm.example.com/') =>
    createOpenExternal({
      hosts: () => HOSTS,
      open: (url) => {
        opened.push(url);
        return answer();
      },
      scheduler,
      failed: () => undefined,
    })(address);

  beforeEach(() => {
    scheduler = new ManualScheduler();
    opened = [];
    answer = () => Promise.resolve();
  });

  it('hands over what is allowed and nothing else', async () => {
    expect(await open()).toBe('opened');
    expect(await open('https://evil.example/')).toBe('refused');
    expect(opened).toEqual(['https://crm.example.com/']);
  });

  it('says when the system has no program for it', async () => {
    answer = () => Promise.reject(new Error('no browser'));
    expect(await open()).toBe('failed');
  });

  it('waits no longer than a person would', async () => {
    answer = () => new Promise(() => undefined);
    const opening = open();
    scheduler.advance(5_000);
    await settled();
    expect(await opening).toBe('failed');
  });
});
