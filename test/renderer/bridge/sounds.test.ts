import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createPlayer, type Audible } from '../../../src/renderer/bridge/player';
import { createSpeakers, sinksOf, type MediaOutputs, type Speaker } from '../../../src/renderer/bridge/speakers';
import { until } from '../../support/poll';

vi.stubGlobal('reportError', () => undefined);

const headset: Speaker = { id: 'headset', label: 'Jabra', group: 'usb' };
const screen: Speaker = { id: 'screen', label: 'DELL', group: 'hdmi' };

/** Devices as Chromium lists them, with its aliases, and the word that something changed. */
class FakeMedia implements MediaOutputs {
  devices: Speaker[] = [headset, screen];
  answers = true;
  #listeners = new Set<() => void>();

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    if (!this.answers) return new Promise(() => undefined);
    const device = (kind: MediaDeviceKind, { id, label, group }: Speaker) =>
      ({ kind, deviceId: id, label, groupId: group }) as MediaDeviceInfo;
    const alias = { id: 'default', label: 'Default', group: 'usb' };
    const microphone = { id: 'mic', label: 'Microphone', group: 'usb' };
    return Promise.resolve([
      device('audioinput', microphone),
      device('audiooutput', alias),
      ...this.devices.map((one) => device('audiooutput', one)),
    ]);
  }

  addEventListener(_type: string, listener: unknown): void {
    this.#listeners.add(listener as () => void);
  }

  removeEventListener(_type: string, listener: unknown): void {
    this.#listeners.delete(listener as () => void);
  }

  change(devices: Speaker[]): void {
    this.devices = devices;
    for (const listener of this.#listeners) listener();
  }

  get watched(): number {
    return this.#listeners.size;
  }
}

class FakeAudio {
  volume = 1;
  sink = 'nothing yet';
  played = false;
  readonly #ends: (() => void)[] = [];

  constructor(private readonly connected: () => Speaker[]) {}

  setSinkId(id: string): Promise<void> {
    if (id !== '' && !this.connected().some((one) => one.id === id)) return Promise.reject(new Error('NotFoundError'));
    this.sink = id;
    return Promise.resolve();
  }

  play(): Promise<void> {
    this.played = true;
    return Promise.resolve();
  }

  addEventListener(type: string, listener: unknown): void {
    if (type === 'ended') this.#ends.push(listener as () => void);
  }

  end(): void {
    for (const end of this.#ends) end();
  }
}

let media: FakeMedia;
let audios: FakeAudio[];
let failures: unknown[];

beforeEach(() => {
  media = new FakeMedia();
  audios = [];
  failures = [];
});

const player = () =>
  createPlayer({
    speakers: createSpeakers(media),
    audible: () => {
      const audio = new FakeAudio(() => media.devices);
      audios.push(audio);
      return audio as Audible;
    },
    failed: (error) => failures.push(error),
  });
const playing = () => until('the sound', () => audios.length > 0 && audios.every(({ played }) => played));
const sinks = () => audios.map(({ sink }) => sink);

describe('which devices are meant', () => {
  test('the one chosen while it is connected, else the computer’s own', () => {
    expect(sinksOf(undefined, [headset])).toEqual(['']);
    expect(sinksOf(headset, [headset, screen])).toEqual(['headset']);
    expect(sinksOf(headset, [screen])).toEqual(['']);
  });

  test('all of them, each piece of hardware once', () => {
    expect(sinksOf('all', [headset, { ...headset, id: 'headset-again' }, screen])).toHaveLength(2);
    expect(sinksOf('all', [])).toEqual(['']);
  });

  test('are the loudspeakers Chromium lists, without its aliases and without microphones', async () => {
    expect(await createSpeakers(media).list()).toEqual([headset, screen]);
    expect(await createSpeakers(undefined).list()).toEqual([]);
  });
});

describe('a sound', () => {
  test('comes from the chosen device, as loud as chosen', async () => {
    player()('bell', { volume: 0.4, device: headset });
    await playing();
    expect(audios.map(({ sink, volume }) => ({ sink, volume }))).toEqual([{ sink: 'headset', volume: 0.4 }]);
  });

  test('comes from every device when the agent wants that', async () => {
    player()('bell', { volume: 1, device: 'all' });
    await playing();
    expect(sinks().toSorted()).toEqual(['headset', 'screen']);
  });

  test('waits for no list when the computer chooses', async () => {
    media.answers = false;
    player()('bell', { volume: 1 });
    await playing();
  });

  test('comes from the computer’s own choice when the system does not say what is connected', async () => {
    media.answers = false;
    const began = performance.now();
    player()('bell', { volume: 1, device: headset });
    await playing();
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(sinks()).toEqual(['nothing yet']);
  });

  test('moves to the computer’s own device within a second when its own is pulled out', async () => {
    player()('bell', { volume: 1, device: headset });
    await playing();
    media.change([screen]);
    await until('the other device', () => sinks().join() === '', 1_000);
    expect(failures).toEqual([]);
  });

  test('stays where it is when another device comes or goes', async () => {
    player()('bell', { volume: 1, device: headset });
    await playing();
    media.change([headset]);
    await createSpeakers(media).list();
    expect(sinks()).toEqual(['headset']);
  });

  test('leaves nothing listening behind when it ends', async () => {
    player()('bell', { volume: 1, device: 'all' });
    await playing();
    expect(media.watched).toBe(2);
    for (const audio of audios) audio.end();
    expect(media.watched).toBe(0);
  });
});
