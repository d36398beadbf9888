import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appSchemeHandler, pageOf, pageUrl } from '../../../src/main/windows/app-scheme';

let root: string;
let handle: (request: Request) => Promise<Response>;

beforeAll(() => {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'handover-scheme-')));
  root = path.join(folder, 'renderer');
  mkdirSync(path.join(root, 'assets'), { recursive: true });
  writeFileSync(path.join(root, 'workspace.html'), '<!doctype html>');
  writeFileSync(path.join(root, 'assets', 'a-1.js'), 'export {}');
  writeFileSync(path.join(root, 'assets', 'chime-1.wav'), '0123456789');
  writeFileSync(path.join(root, '.secret.html'), 'hidden');
  writeFileSync(path.join(root, 'notes.txt'), 'no type of ours');
  writeFileSync(path.join(folder, 'outside.html'), 'outside');
  symlinkSync(path.join(folder, 'outside.html'), path.join(root, 'link.html'));
  handle = appSchemeHandler(root);
});

afterAll(() => {
  rmSync(path.dirname(root), { recursive: true, force: true });
});

/** A request as Electron passes it on; Node's own would refuse some of the addresses. */
const get = (url: string, method = 'GET', range?: string) =>
  handle({ url, method, headers: new Headers(range === undefined ? {} : { range }) } as Request);

describe('the app scheme', () => {
  it('serves a page with its type and the content security policy', async () => {
    const response = await get(pageUrl('workspace'));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<!doctype html>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = response.headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toContain('unsafe');
  });

  it('serves what the page needs from below', async () => {
    const response = await get('app://desk/assets/a-1.js?v=1#x');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    ['bytes=0-', '0123456789', 'bytes 0-9/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=2-5', '2345', 'bytes 2-5/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('serves the part of a sound that is asked for: %s', async (range, text, part) => {
    const response = await get('app://desk/assets/chime-1.wav', 'GET', range);
    expect(response.status).toBe(206);
    expect(await response.text()).toBe(text);
    expect(response.headers.get('content-range')).toBe(part);
    expect(response.headers.get('content-length')).toBe(String(text.length));
    expect(response.headers.get('content-type')).toBe('audio/wav');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['bytes=10-', 'bytes=12-15'])('has no part %s of a sound of ten bytes', async (range) => {
    const response = await get('app://desk/assets/chime-1.wav', 'GET', range);
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */10');
  });

  it.each(['bytes=-3', 'bytes=5-2', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=a-'])(
    'takes %s for all of it',
    async (range) => {
      const response = await get('app://desk/assets/chime-1.wav', 'GET', range);
      expect(response.status).toBe(200);
      expect(await response.text()).toBe('0123456789');
      expect(response.headers.get('accept-ranges')).toBe('bytes');
    },
  );

  it.each([
    'app://desk/../outside.html',
    'app://desk/%2e%2e/outside.html',
    'app://desk/..%2foutside.html',
    'app://desk/%2e%2e%2foutside.html',
    'app://desk/assets/..%5c..%5coutside.html',
    'app://desk/assets/%00.html',
    'app://desk/workspace.html%00.js',
    'app://desk//etc/passwd',
    'app://desk/%2fetc%2fpasswd',
    'app://desk/C:/windows/win.ini',
    'app://desk/link.html',
    'app://desk/.secret.html',
    'app://desk/notes.txt',
    'app://desk/',
    'app://desk/missing.html',
    'app://elsewhere/workspace.html',
    'app://desk.evil.example/workspace.html',
    'app://desk/%E0%A4%A',
    'file:///etc/passwd',
    'not an address',
  ])('refuses %s', async (url) => {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  it('answers nothing but GET', async () => {
    expect((await get(pageUrl('workspace'), 'POST')).status).toBe(405);
  });

  it.each([
    ['app://desk/workspace.html', 'workspace'],
    ['app://desk/screen-pop.html?x#y', 'screen-pop'],
    ['app://desk/assets/workspace.html', undefined],
    ['app://user@desk/workspace.html', undefined],
    ['app://elsewhere/workspace.html', undefined],
    ['https://desk/workspace.html', undefined],
    ['data:text/html,x', undefined],
    ['', undefined],
  ])('knows which of our pages %s is', (url, page) => {
    expect(pageOf(url)).toBe(page);
  });
});
