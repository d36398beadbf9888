import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crmValues } from '../../../src/main/crm-link/crm-link';
import { crmRefusal, fillCrmLink, isPlainHost } from '../../../src/main/crm-link/template';
import { crmFieldSchema } from '../../../src/shared/contract/crm-link';
import { call, escalation } from '../support/events';

const HOST = 'crm.example.com';
const settings = (template: string, hosts = [HOST]) => ({ template, hosts, open_on_claim: false });
const EVERY_FIELD = `https://${HOST}/a/${crmFieldSchema.options.map((name) => `{${name}}`).join('/')}?x={phone}&y={name}#/{call}`;

describe('a CRM template', () => {
  it.each([
    `https://${HOST}/search?phone={phone}`,
    `https://${HOST}`,
    `https://${HOST}/contacts/{phone_digits}#/{campaign}`,
    `https://${HOST}?q={name}`,
    EVERY_FIELD,
  ])('may be %s', (template) => {
    expect(crmRefusal(settings(template))).toBeUndefined();
  });

  it.each([
    ['http://crm.example.com/', 'crm_https'],
    ['HTTPS://crm.example.com/', 'crm_https'],
    ['javascript:alert(1)', 'crm_https'],
    ['file:///etc/passwd', 'crm_https'],
    ['//crm.example.com/', 'crm_https'],
    ['', 'crm_unreadable'],
    ['https://', 'crm_unreadable'],
    ['https:///crm.example.com', 'crm_unreadable'],
    ['https://me@crm.example.com/', 'crm_credentials'],
    ['https://crm.example.com@evil.example/', 'crm_credentials'],
    ['https://{name}.example.com/', 'crm_host_field'],
    ['https://crm.example.com:{phone}/', 'crm_host_field'],
    ['https://crm.example.com.evil.example/', 'crm_host'],
    ['https://evil.example/?https://crm.example.com/', 'crm_host'],
    ['https://crm.example.com:8443/', 'crm_host'],
    ['https://crm.example.com:443/', 'crm_unreadable'],
    ['https://CRM.example.com/', 'crm_unreadable'],
    ['https://crm.example.com./', 'crm_unreadable'],
    ['https://crm%2eexample.com/', 'crm_unreadable'],
    ['https://сrm.example.com/', 'crm_unreadable'],
    ['https://crm。example.com/', 'crm_unreadable'],
    ['https://crm.example.com\\@evil.example/', 'crm_unreadable'],
    ['https:\\\\crm.example.com/', 'crm_unreadable'],
    ['https://crm.example.com/\n', 'crm_unreadable'],
    ['https://crm.example.com/a b', 'crm_unreadable'],
    ['https://crm.example.com/../{phone}', 'crm_unreadable'],
    ['https://crm.example.com/./x', 'crm_unreadable'],
    ['https://0x7f.1/', 'crm_unreadable'],
    ['https://crm.example.com/{password}', 'crm_field'],
    ['https://crm.example.com/{Phone}', 'crm_unreadable'],
    ['https://crm.example.com/{phone', 'crm_unreadable'],
    ['https://crm.example.com/phone}', 'crm_unreadable'],
    ['https://crm.example.com/{}', 'crm_field'],
  ])('may not be %j', (template, reason) => {
    expect(crmRefusal(settings(template))?.reason).toBe(reason);
    expect(fillCrmLink(settings(template), { phone: '1' }).ok).toBe(false);
  });

  it('may have a port, or a host in punycode, where the list of hosts spells it the same', () => {
    expect(crmRefusal(settings('https://crm.example.com:8443/', ['crm.example.com:8443']))).toBeUndefined();
    expect(crmRefusal(settings('https://xn--e1afmkfd.example/', ['xn--e1afmkfd.example']))).toBeUndefined();
    expect(crmRefusal(settings('https://xn--e1afmkfd.example/'))?.reason).toBe('crm_host');
  });

  it.each([
    '',
    '*',
    '*.example.com',
    'https://crm.example.com',
    'crm.example.com/',
    'a@b',
    'CRM.example.com',
    'a:0',
    'a:70000',
    '1.2',
  ])('is refused with a list of hosts that holds %j', (host) => {
    expect(isPlainHost(host)).toBe(false);
    expect(crmRefusal(settings(`https://${HOST}/`, [HOST, host]))).toMatchObject({ reason: 'crm_host_malformed' });
  });
});

describe('the address of a call', () => {
  it('names the customer', () => {
    const values = crmValues(call(escalation()), 'asha');
    expect(fillCrmLink(settings(`https://${HOST}/s?p={phone}&d={phone_digits}&n={name}&a={agent}`), values)).toEqual({
      ok: true,
      url: `https://${HOST}/s?p=%2B919123456789&d=919123456789&n=Amit%20Patel&a=asha`,
    });
  });

  const attacks = [
    '&admin=1',
    '/../../admin',
    '?x#y',
    'javascript:alert(1)',
    '@evil.example',
    '\\evil.example',
    '//evil.example',
    "'-alert(1)-'",
    '"><script>',
    '%2e%2e',
    '%00',
    '\r\nHost: evil.example',
    '{name}',
    '\ud800',
    '\u202egnp.exe',
    ' ',
  ];

  it.each(crmFieldSchema.options.flatMap((field) => attacks.map((value) => ({ field, value }))))(
    'keeps its host and structure with $value as $field',
    ({ field, value }) => {
      const template = `https://${HOST}/in/{${field}}/out?q={${field}}&z=1#/{${field}}`;
      const filled = fillCrmLink(settings(template), { [field]: value });
      if (!filled.ok) throw new Error(filled.reason);
      const url = new URL(filled.url);
      expect(url.host).toBe(HOST);
      expect(url.pathname.split('/')).toHaveLength(4);
      expect([...url.searchParams.keys()]).toEqual(['q', 'z']);
      expect(url.searchParams.get('q')).toBe(Buffer.from(value).toString());
      expect(filled.url).toMatch(/^[\x21-\x7e]+$/);
    },
  );

  it.each(['.', '..'])('does not climb up the path with %s', (name) => {
    expect(fillCrmLink(settings(`https://${HOST}/in/{name}/out`), { name })).toMatchObject({ reason: 'crm_value' });
  });

  it('keeps host, path and parameters whatever is filled in', () => {
    const template = settings(`https://${HOST}/in/{name}/out?q={phone}&z={campaign}`);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (name, phone, campaign) => {
        const filled = fillCrmLink(template, { name, phone, campaign });
        if (!filled.ok) return ['crm_value', 'crm_nothing_known'].includes(filled.reason);
        const url = new URL(filled.url);
        return (
          url.host === HOST &&
          url.pathname.split('/').length === 4 &&
          url.pathname.endsWith('/out') &&
          [...url.searchParams.keys()].join() === 'q,z'
        );
      }),
    );
  });

  it('leaves out what is not known, and is none at all when nothing is', () => {
    const both = settings(`https://${HOST}/?p={phone}&n={name}`);
    expect(fillCrmLink(both, { phone: '1' })).toMatchObject({ url: `https://${HOST}/?p=1&n=` });
    expect(fillCrmLink(both, {})).toMatchObject({ reason: 'crm_nothing_known' });
    expect(fillCrmLink(settings(`https://${HOST}/home`), {})).toMatchObject({ ok: true });
  });

  it('stays short however long a value is', () => {
    const filled = fillCrmLink(settings(`https://${HOST}/?n={name}`), { name: 'n'.repeat(5_000) });
    expect(filled.ok && filled.url.length).toBeLessThan(300);
  });
});
