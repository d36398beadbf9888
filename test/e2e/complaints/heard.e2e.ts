/** The call must be heard, and found on the right screen: complaints about silent, misplaced and covered calls. */
import { expect, test, type Page } from '@playwright/test';
import { DeskApp } from '../../support/desk-app';
import { completion, escalation } from '../../support/escalation';
import { closeNotifications, newestNotification, notificationsAfter } from '../../support/notification-service';
import { until } from '../../support/poll';
import { AGENT_NUMBER, RelayProcess } from '../../support/relay-process';
import { FullScreen } from '../../support/screen';

/** Notifications are the matter of other tests. */
const quiet = { notifications: { enabled: false } };

let relay: RelayProcess;
let asha: DeskApp;
let ravi: DeskApp;
let waiting: string[] = [];

test.beforeAll(async () => {
  relay = await RelayProcess.start();
  const join = async (id: string, name: string) =>
    DeskApp.join(relay, await relay.addAgent(id, { name, numbers: [AGENT_NUMBER] }), quiet);
  [asha, ravi] = await Promise.all([join('asha', 'Asha Rao'), join('ravi', 'Ravi Iyer')]);
});

test.afterEach(async () => {
  for (const call of waiting) await relay.post(completion(call));
  waiting = [];
  await until('no pop at any desk', async () => !(await asha.popVisible()) && !(await ravi.popVisible()));
});

test.afterAll(async () => {
  await Promise.all([asha.close(), ravi.close()]);
  await relay.stop();
});

async function post(id: string, event?: string): Promise<string> {
  const { body, call } = escalation({ id, ...(event === undefined ? {} : { event }) });
  waiting.push(call);
  expect(await relay.post(body)).toBe(200);
  return call;
}

interface Sounds {
  heard: { name: string; volume: number }[];
  /** How many of them came out: were read, understood and began. */
  began: number;
  /** The page's own way to play, kept when it is listened to a second time. */
  play?: (this: HTMLMediaElement) => Promise<void>;
}

/** Writes down what this page plays from now on. */
async function listen(page: Page): Promise<() => Promise<Sounds['heard']>> {
  await page.evaluate(() => {
    const sounds = globalThis as unknown as Sounds;
    const original: NonNullable<Sounds['play']> = Reflect.get(HTMLMediaElement.prototype, 'play');
    const play = (sounds.play ??= original);
    sounds.heard = [];
    sounds.began = 0;
    HTMLMediaElement.prototype.play = function () {
      sounds.heard.push({ name: /chime|bell|knock/.exec(this.src)?.[0] ?? this.src, volume: this.volume });
      const playing = play.call(this);
      playing.then(() => (sounds.began += 1)).catch(() => undefined);
      return playing;
    };
  });
  return () => page.evaluate(() => (globalThis as unknown as Sounds).heard);
}

test('10: a fresh profile plays a sound with its first call, and plays it again until the agent turns to it', async () => {
  const sounds = await listen(ravi.pop);
  const call = await post('first-sound');
  await ravi.painted(call);
  await until('the first sound', async () => (await sounds()).length > 0, 2_000);
  expect((await sounds())[0]).toEqual({ name: 'chime', volume: 0.7 });
  await until('the second one', async () => (await sounds()).length > 1, 10_000);
  // Not only asked for: a file that the player cannot read is silence.
  await until('both to come out', () => ravi.pop.evaluate(() => (globalThis as unknown as Sounds).began > 1));
});

test('10: three sounds, a volume and a button that plays what was chosen', async () => {
  await asha.workspace.getByTestId('nav-settings').click();
  const tried = await listen(asha.workspace);
  await asha.changeSettings({ sound: { name: 'knock', volume: 0.35, repeat: false } });
  await asha.workspace.getByTestId('nav-calls').click();
  await asha.workspace.getByTestId('nav-settings').click();
  await asha.workspace.getByTestId('sound-test').click();
  expect(await tried()).toEqual([{ name: 'knock', volume: 0.35 }]);
  const sounds = await listen(asha.pop);
  await asha.painted(await post('chosen-sound'));
  await until('the chosen sound', async () => (await sounds()).length > 0);
  expect(await sounds()).toEqual([{ name: 'knock', volume: 0.35 }]);
  await asha.workspace.getByTestId('nav-calls').click();
});

test('9: a call passed on to this desk sounds like a new one, and so does one that the AI hands over again', async () => {
  const call = await post('passed-on');
  await Promise.all([asha.painted(call), ravi.painted(call)]);
  await ravi.pop.getByTestId('pop-claim').click();
  await until('the pop to leave the other desk', async () => !(await asha.popVisible()));
  const sounds = await listen(asha.pop);
  await ravi.workspace.getByTestId('detail-release').click();
  await until('the pop to be back', () => asha.popVisible());
  await until('its sound', async () => (await sounds()).length === 1, 2_000);
  await post('passed-on', 'evt_again_passed_on');
  await until('the sound of the second handover', async () => (await sounds()).length === 2, 5_000);
});

test('3: a full-screen program over the call makes the desk insist: notification and sound although both are off', async () => {
  await asha.changeSettings({ sound: { name: 'none', volume: 1, repeat: false } });
  const sounds = await listen(asha.pop);
  const before = newestNotification();
  const film = await FullScreen.open();
  try {
    await asha.painted(await post('covered'));
    await expect(asha.workspace.getByTestId('notice-pop_covered')).toBeAttached();
    await until('a sound', async () => (await sounds()).length > 0, 2_000);
    expect(JSON.stringify(notificationsAfter(before))).toContain('Amit Patel');
  } finally {
    film.close();
    closeNotifications();
  }
  await relay.post(completion(waiting[0] ?? ''));
  await expect(asha.workspace.getByTestId('notice-pop_covered')).not.toBeAttached();
});

/** Where the call windows lie that are on screen. */
function popBounds(desk: DeskApp): Promise<{ x: number; y: number; width: number; height: number }[]> {
  return desk.inMain(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.webContents.getURL().includes('screen-pop') && window.isVisible())
      .map((window) => window.getBounds()),
  );
}

/** The one display of the test's desktop, told to the desk as two: a left and a right half. */
function splitDisplay(desk: DeskApp): Promise<number> {
  return desk.inMain(({ screen }) => {
    const real = screen.getPrimaryDisplay();
    // Told before, by the test before this one.
    if (screen.getAllDisplays().length === 2) return real.workArea.width;
    const half = real.workArea.width / 2;
    const part = (id: number, x: number) => ({ ...real, id, workArea: { ...real.workArea, x, width: half } });
    const [left, right] = [part(1, 0), part(2, half)];
    screen.getAllDisplays = () => [left, right];
    screen.getPrimaryDisplay = () => left;
    screen.getDisplayNearestPoint = () => right;
    return half;
  });
}

test('12: the call is on the screen with the mouse, on a chosen one, or on all of them, by setting', async () => {
  const half = await splitDisplay(asha);
  let shown = 0;
  const sides = async (pop: Record<string, unknown>, count: number) => {
    await asha.changeSettings({ pop: { enabled: true, ...pop } });
    shown += 1;
    const call = await post(`display${shown}`);
    await asha.painted(call);
    await until('every call window', async () => (await popBounds(asha)).length === count);
    const bounds = await popBounds(asha);
    await relay.post(completion(call));
    await until('the pop window to be hidden', async () => !(await asha.popVisible()));
    // Wholly on its own half.
    expect(bounds.every(({ x, width }) => x >= half || x + width <= half)).toBe(true);
    return bounds.map(({ x }) => (x < half ? 'left' : 'right')).sort();
  };
  expect(await sides({ display: 'cursor' }, 1)).toEqual(['right']);
  expect(await sides({ display: 'primary' }, 1)).toEqual(['left']);
  expect(await sides({ display: 'fixed', fixed_display: { id: 2, label: 'DELL' } }, 1)).toEqual(['right']);
  expect(await sides({ display: 'fixed', fixed_display: { id: 9, label: 'gone' } }, 1)).toEqual(['left']);
  expect(await sides({ display: 'all' }, 2)).toEqual(['left', 'right']);
  expect(await sides({ display: 'cursor' }, 1)).toEqual(['right']);
});

test('12: on all screens one claim closes every call window, and only one of them sounds', async () => {
  await splitDisplay(asha);
  await asha.changeSettings({
    pop: { enabled: true, display: 'all' },
    sound: { name: 'bell', volume: 1, repeat: false },
  });
  const mirror = await until('the mirror', () =>
    asha.app.windows().find((page) => page.url().includes('screen-pop') && page !== asha.pop),
  );
  const [sounds, mirrored] = [await listen(asha.pop), await listen(mirror)];
  const call = await post('everywhere');
  await until('both call windows', async () => (await popBounds(asha)).length === 2);
  await until('its sound', async () => (await sounds()).length > 0);
  await expect(mirror.getByTestId('pop')).toHaveAttribute('data-call', call);
  expect(await mirrored()).toEqual([]);
  expect(asha.paints(call)).toBe(1);
  await mirror.getByTestId('pop-claim').click();
  await until('both to close', async () => (await popBounds(asha)).length === 0, 3_000);
  await expect(asha.workspace.getByTestId(`call-row-${call}`)).toHaveAttribute('data-claim', 'mine');
});

/** Chromium's own pretended loudspeakers: this test's computer has none. */
const LOUDSPEAKERS = ['--use-fake-device-for-media-stream'];

test('11: the call sounds from the chosen device or from all of them, and from another once that one is gone', async () => {
  const desk = await DeskApp.launch(await DeskApp.profile(quiet), {}, LOUDSPEAKERS);
  try {
    await desk.signIn(relay, await relay.addAgent('meera', { name: 'Meera Das', numbers: [AGENT_NUMBER] }));
    await desk.live();
    await desk.workspace.getByTestId('sound-device').click();
    await desk.workspace.getByRole('option', { name: 'Fake Audio Output 2' }).click();
    const sinks = () =>
      desk.pop.evaluate(async () => {
        const found = (globalThis as unknown as { sinks: { sinkId: string }[] }).sinks;
        const devices = await navigator.mediaDevices.enumerateDevices();
        return found.map(({ sinkId }) => devices.find(({ deviceId }) => deviceId === sinkId)?.label ?? 'the system’s');
      });
    // Keeps the elements themselves: where they come out is asked of them, before and after.
    await desk.pop.evaluate(() => {
      const page = globalThis as unknown as { sinks: HTMLMediaElement[] };
      page.sinks = [];
      const play: (this: HTMLMediaElement) => Promise<void> = Reflect.get(HTMLMediaElement.prototype, 'play');
      HTMLMediaElement.prototype.play = function () {
        page.sinks.push(this);
        this.loop = true;
        return play.call(this);
      };
    });
    await desk.painted(await post('headset'));
    await until('the sound', async () => (await sinks()).length > 0);
    expect(await sinks()).toEqual(['Fake Audio Output 2']);
    // Where the player sends a sound that is under way is what is asked here: how long Chromium takes to open another
    // output, on a computer that has none, is not ours.
    await desk.pop.evaluate(() => {
      const page = globalThis as unknown as { moved: { first: boolean; to: string }[]; sinks: HTMLMediaElement[] };
      page.moved = [];
      const set: (this: HTMLMediaElement, to: string) => Promise<void> = Reflect.get(
        HTMLMediaElement.prototype,
        'setSinkId',
      );
      HTMLMediaElement.prototype.setSinkId = function (to) {
        page.moved.push({ first: this === page.sinks[0], to });
        return set.call(this, to);
      };
      const { mediaDevices } = navigator;
      mediaDevices.enumerateDevices = () => Promise.resolve([]);
      mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    const moved = () =>
      desk.pop.evaluate(() => (globalThis as unknown as { moved: { first: boolean; to: string }[] }).moved);
    await until('the other device', async () => (await moved()).some(({ first, to }) => first && to === ''));
  } finally {
    await desk.close();
  }
});
