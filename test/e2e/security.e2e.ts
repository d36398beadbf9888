import { expect, test } from '@playwright/test';
import { DeskApp } from '../support/desk-app';
import { escalation } from '../support/escalation';
import { until } from '../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../support/relay-process';

let relay: RelayProcess;
let desk: DeskApp;

test.beforeAll(async () => {
  relay = await RelayProcess.start();
  desk = await DeskApp.join(relay, await relay.addAgent('asha', { name: 'Asha Rao', numbers: [AGENT_NUMBER] }));
});

test.afterAll(async () => {
  await desk.close();
  await relay.stop();
});

test('every window runs sandboxed, isolated and without Node', async () => {
  const preferences = await desk.inMain(({ BrowserWindow }) => {
    // Present in Electron, absent from its types.
    type Contents = Electron.WebContents & { getLastWebPreferences(): Electron.WebPreferences | null };
    return BrowserWindow.getAllWindows().map((window) => {
      const found = (window.webContents as Contents).getLastWebPreferences();
      return {
        sandbox: found?.sandbox,
        contextIsolation: found?.contextIsolation,
        nodeIntegration: found?.nodeIntegration,
        webSecurity: found?.webSecurity,
        webviewTag: found?.webviewTag,
        allowRunningInsecureContent: found?.allowRunningInsecureContent,
        experimentalFeatures: found?.experimentalFeatures,
        enableBlinkFeatures: found?.enableBlinkFeatures,
        nodeIntegrationInSubFrames: found?.nodeIntegrationInSubFrames,
        nodeIntegrationInWorker: found?.nodeIntegrationInWorker,
      };
    });
  });
  expect(preferences.length).toBeGreaterThanOrEqual(2);
  for (const found of preferences) {
    expect(found).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
    expect(found.webviewTag ?? false).toBe(false);
    expect(found.allowRunningInsecureContent ?? false).toBe(false);
    expect(found.experimentalFeatures ?? false).toBe(false);
    expect(found.enableBlinkFeatures ?? '').toBe('');
    expect(found.nodeIntegrationInSubFrames ?? false).toBe(false);
    expect(found.nodeIntegrationInWorker ?? false).toBe(false);
  }
});

test('pages come from the app scheme and see nothing but the typed bridge', async () => {
  for (const page of [desk.workspace, desk.pop]) {
    expect(page.url()).toMatch(/^app:\/\//);
    const seen = await page.evaluate(() => ({
      node: typeof (globalThis as { process?: unknown }).process,
      require: typeof (globalThis as { require?: unknown }).require,
      bridge: Object.keys((globalThis as unknown as { desk: object }).desk).sort(),
    }));
    expect(seen).toEqual({ node: 'undefined', require: 'undefined', bridge: ['on', 'request'] });
  }
});

test('a page reaches neither the network nor inline script', async () => {
  const outcome = await desk.workspace.evaluate(async (url) => {
    const network = await fetch(url).then(
      () => 'reached',
      () => 'refused',
    );
    let inline = 'refused';
    const script = document.createElement('script');
    try {
      script.textContent = 'globalThis.inlineRan = true';
      document.head.append(script);
      if ((globalThis as { inlineRan?: boolean }).inlineRan === true) inline = 'ran';
    } catch {
      inline = 'refused';
    }
    return { network, inline };
  }, relay.url);
  expect(outcome).toEqual({ network: 'refused', inline: 'refused' });
});

test('a page opens no window and gets no permission', async () => {
  const outcome = await desk.workspace.evaluate(async () => {
    const opened = window.open('https://example.com/');
    const notification = await Notification.requestPermission();
    const microphone = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'denied',
    );
    return { opened: opened === null, notification, microphone };
  });
  expect(outcome).toEqual({ opened: true, notification: 'denied', microphone: 'denied' });
  expect(desk.app.windows()).toHaveLength(2);
});

test('a page is given every kind of permission it asks for: none', async () => {
  const states = await desk.workspace.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
      'persistent-storage',
    ];
    const asked = names.map((name) => navigator.permissions.query({ name: name as PermissionName }));
    const answers = await Promise.allSettled(asked);
    return answers.map((answer, index) => [
      names[index] ?? '',
      answer.status === 'fulfilled' ? answer.value.state : 'refused',
    ]);
  });
  // Which loudspeakers there are may be known (`media`, audio); listening is a request of its own, and refused.
  expect(states.filter(([name, state]) => state === 'granted' && name !== 'microphone')).toEqual([]);
  const listening = await desk.workspace.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'heard',
      () => 'refused',
    ),
  );
  expect(listening).toBe('refused');
});

test('a page turns no text into markup or code: Trusted Types', async () => {
  const outcome = await desk.workspace.evaluate(async () => {
    // What a debugger evaluates may use `eval`; a task of the page itself may not.
    await new Promise((resolve) => setTimeout(resolve, 0));
    const attempts: Record<string, () => unknown> = {
      innerHTML: () => (document.createElement('p').innerHTML = '<b>x</b>'),
      policy: () =>
        (globalThis as unknown as { trustedTypes: { createPolicy(name: string): unknown } }).trustedTypes.createPolicy(
          'x',
        ),
      eval: () => (eval as (text: string) => unknown)('1'),
      function: () => (Function as unknown as (text: string) => () => unknown)('return 1')(),
      script: () => (document.createElement('script').src = 'app://desk/x.js'),
    };
    return Object.entries(attempts).map(([name, attempt]) => {
      try {
        attempt();
        return `${name} went through`;
      } catch {
        return `${name} refused`;
      }
    });
  });
  expect(outcome).toEqual([
    'innerHTML refused',
    'policy refused',
    'eval refused',
    'function refused',
    'script refused',
  ]);
});

test('every page comes with the policy, and asks for nothing outside its own scheme', async () => {
  const answer = await desk.inMain(async ({ net }) => {
    const page = await net.fetch('app://desk/workspace.html');
    return { policy: page.headers.get('content-security-policy'), sniff: page.headers.get('x-content-type-options') };
  });
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ]) {
    expect(answer.policy).toContain(part);
  }
  expect(answer.sniff).toBe('nosniff');
});

test('a page embeds nothing: no frame with a bridge, no webview, no object', async () => {
  const seen = await desk.workspace.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = 'app://desk/screen-pop.html';
    document.body.append(frame);
    const webview = document.createElement('webview');
    webview.setAttribute('src', 'app://desk/workspace.html');
    webview.setAttribute('allowpopups', '');
    document.body.append(webview);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    let bridge: string;
    try {
      bridge = typeof (frame.contentWindow as unknown as { desk?: unknown } | null)?.desk;
    } catch {
      bridge = 'out of reach';
    }
    const result = { bridge, webview: 'getWebContentsId' in webview };
    frame.remove();
    webview.remove();
    return result;
  });
  expect(['undefined', 'out of reach', 'none']).toContain(seen.bridge);
  expect(seen.webview).toBe(false);
});

test('a webview is refused even in a window that would allow the tag', async () => {
  const attached = await desk.inMain(async ({ BrowserWindow, webContents }) => {
    const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true, sandbox: true } });
    await window.loadURL('app://desk/workspace.html');
    await window.webContents.executeJavaScript(
      `document.body.append(Object.assign(document.createElement('webview'), { src: 'app://desk/workspace.html' }));
       new Promise((resolve) => setTimeout(resolve, 500))`,
    );
    const count = webContents.getAllWebContents().filter((one) => one.getType() === 'webview').length;
    window.destroy();
    return count;
  });
  expect(attached).toBe(0);
});

test('IPC from a window that is not ours is refused, whatever page it shows', async () => {
  const answer = await desk.inMain(
    async ({ BrowserWindow }, folder) => {
      const preload = `${folder}/out/preload/workspace.cjs`;
      const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      await window.loadURL('app://desk/workspace.html');
      const said: unknown = await window.webContents.executeJavaScript(
        `desk.request('settings:get', {}).then(() => 'answered', (error) => String(error.message))`,
      );
      window.destroy();
      return said;
    },
    await desk.inMain(({ app }) => app.getAppPath()),
  );
  expect(answer).toContain('refused: sender');
});

test('the engine is one that is still mended: Electron 33 or newer', async () => {
  const version = await desk.inMain(() => process.versions.electron);
  expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(33);
});

test('a channel refuses what its schema does not know, and a window that may not ask', async () => {
  const refusals = await desk.pop.evaluate(async () => {
    const bridge = (globalThis as unknown as { desk: { request(channel: string, args: unknown): Promise<unknown> } })
      .desk;
    const attempts: [string, unknown][] = [
      ['call:claim', { call: 42 }],
      ['call:claim', { call: 'vinfer:x', extra: true }],
      ['settings:get', {}],
      ['team:join', { relay: 'ws://127.0.0.1:1', token: 'x' }],
      ['no:such-channel', {}],
    ];
    const results: string[] = [];
    for (const [channel, args] of attempts) {
      results.push(
        await bridge.request(channel, args).then(
          () => 'answered',
          () => 'refused',
        ),
      );
    }
    return results;
  });
  expect(refusals).toEqual(['refused', 'refused', 'refused', 'refused', 'refused']);
});

test('markup in everything a caller can fill is shown as text and runs nowhere', async () => {
  const attack = '<img src=x onerror="globalThis.attacked=1"><script>globalThis.attacked=1</script>{{7*7}}';
  const { body, call } = escalation({
    id: 'attack',
    call: { contact_name: attack, conversation_summary: attack, escalation_trigger: attack, phone: attack },
  });
  expect(await relay.post(body)).toBe(200);
  await until('the pop', () => desk.trace().some((mark) => mark.mark === 'pop.painted' && mark.call === call));
  await expect(desk.pop.getByTestId('pop-name')).toContainText('<img src=x');
  await desk.workspace.getByTestId(`call-row-${call}`).click();
  await expect(desk.workspace.getByTestId('call-detail')).toContainText('<script>');
  for (const page of [desk.pop, desk.workspace]) {
    expect(await page.evaluate(() => (globalThis as { attacked?: number }).attacked)).toBeUndefined();
    expect(await page.locator('img[src=x]').count()).toBe(0);
  }
});

for (const url of [
  'https://example.com/',
  'file:///etc/passwd',
  'data:text/html,<h1>x</h1>',
  'app://elsewhere/workspace.html',
]) {
  test(`a page cannot navigate to ${url}`, async () => {
    const before = desk.workspace.url();
    await desk.workspace.evaluate((target) => {
      location.href = target;
    }, url);
    // Two frames later a navigation that was going to happen would have begun.
    await desk.workspace.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    expect(desk.workspace.url()).toBe(before);
    // Asked of the page itself: Playwright's own locators wait for the navigation that never comes.
    expect(await desk.workspace.evaluate(() => document.querySelector('[data-testid=connection]') !== null)).toBe(true);
  });
}
