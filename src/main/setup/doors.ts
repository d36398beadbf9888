/** Wires what sets a desk up: joining a team, the keys of a solo desk, the desk check, the floor. */
import { randomUUID } from 'node:crypto';
import { DeskChecks } from '../desk-check/desk-check';
import { beginRelayCheck, endRelayCheck } from '../desk-check/relay-check';
import { doNotDisturb, sleepsAfter } from '../desk-check/system-state';
import type { Connection } from '../desk/connection';
import type { Desk } from '../desk/desk';
import type { Handlers } from '../ipc/gate';
import { Joining } from '../joining/joining';
import { createEnrol } from '../joining/membership';
import type { Enrol } from '../joining/membership';
import type { Notices } from '../observability/notices';
import type { CompanyPolicy } from '../policy/company-policy';
import type { Vault } from '../secrets/vault';
import { runHelper } from '../session-bus/session-bus';
import type { SettingsStore } from '../settings/settings';
import { SoloKeys } from '../solo/solo-keys';
import type { Surroundings } from '../surroundings/surroundings';
import type { Scheduler } from '../timing/scheduler';
import type { Windows } from '../windows/windows';
import { createSetup } from './setup';
import type { SetupChannel } from './setup';

/** The desk check leaves its window on each display for long enough to be noticed. */
const TOUR_STOP_MS = 1_500;

export interface DoorsOptions {
  platform: NodeJS.Platform;
  /** Of the program and of the system, for the desk check's report. */
  versions: { desk: string; system: string };
  scheduler: Scheduler;
  settings: SettingsStore;
  vault: Vault;
  notices: Notices;
  company: CompanyPolicy;
  connection: Connection;
  desk: Desk;
  windows: Pick<Windows, 'tourPop' | 'chooseFile'>;
  surroundings: () => Pick<Surroundings, 'notificationsAnswer' | 'trayShown' | 'shortcutIsOurs'>;
  copy: (text: string) => void;
  /** Token or keys changed: connect with them. */
  restart: () => void;
  failed: (what: string, cause: unknown) => void;
}

export interface Doors {
  solo: SoloKeys;
  enrol: Enrol;
  joining: Joining;
  checks: DeskChecks;
  handlers: Pick<Handlers, SetupChannel>;
}

/** Host of the relay this desk is a member of. */
function memberOf({ mode, team }: ReturnType<SettingsStore['get']>): string | null {
  return mode === 'team' && team.relays[0] !== undefined ? new URL(team.relays[0]).host : null;
}

function createChecks(options: DoorsOptions): DeskChecks {
  const { platform, scheduler, settings, vault, connection, desk, windows, surroundings, versions } = options;
  const { fetch } = globalThis;
  return new DeskChecks({
    scheduler,
    newId: randomUUID,
    begin: async (id) => connection.rest && beginRelayCheck({ ...connection.rest, fetch }, id),
    end: async (call) => connection.rest !== undefined && endRelayCheck({ ...connection.rest, fetch }, call),
    live: () => connection.view.state === 'live',
    ahead: () => desk.clock.ahead,
    tour: () => windows.tourPop(() => new Promise((resolve) => scheduler.after(TOUR_STOP_MS, resolve))),
    surrounding: async () => ({
      notifications: {
        wanted: settings.get().notifications.enabled,
        answer: await surroundings().notificationsAnswer(),
      },
      doNotDisturb: await doNotDisturb(platform, runHelper),
      tray: await surroundings().trayShown(),
      shortcut: surroundings().shortcutIsOurs,
      sleepsAfter: await sleepsAfter(platform, runHelper),
      keychain: vault.keeps,
    }),
    expect: (suffix) => desk.expectTest(suffix),
    dismiss: (call) => {
      const known = desk.book.get(call);
      if (known !== undefined) desk.pops.dismiss(known);
    },
    facts: () => ({ version: versions.desk, system: versions.system }),
  });
}

export function openDoors(options: DoorsOptions): Doors {
  const { settings, vault, notices, company, connection, restart } = options;
  const solo = new SoloKeys(vault);
  const enrol = createEnrol({ settings, vault, notices, rejoin: restart });
  const joining = new Joining({
    fetch: globalThis.fetch,
    newNonce: randomUUID,
    enrol,
    memberOf: () => memberOf(settings.get()),
  });
  const checks = createChecks(options);
  const handlers = createSetup({
    joining,
    solo,
    checks,
    settings,
    notices,
    policy: company.view,
    rest: () => connection.rest,
    fetch: globalThis.fetch,
    newKey: randomUUID,
    copy: options.copy,
    askWhere: (name) => options.windows.chooseFile(name),
    keysChanged: () => {
      if (settings.get().mode === 'solo') restart();
    },
    failed: options.failed,
  });
  return { solo, enrol, joining, checks, handlers };
}
