/**
 * The parts of a running desk, by name. `compose` puts them in place one after the other; what a part calls later finds
 * the others here, whichever of them came first.
 */
import type { Vault } from '../secrets/vault';
import type { CallWindow } from '../windows/call-window';
import type { Theme } from '../windows/theme';
import type { Windows } from '../windows/windows';
import type { Connection } from '../desk/connection';
import type { Desk } from '../desk/desk';
import type { Published } from '../desk/published';
import type { Dialling } from '../dialling/dialling';
import type { LinkFollower } from '../deep-links/follower';
import type { Environment } from '../environment';
import type { Notices } from '../observability/notices';
import type { Observed } from '../observability/observe';
import type { Keeping } from '../outcomes/keeping';
import type { CompanyPolicy } from '../policy/company-policy';
import type { BackendSwitch } from '../processes/backend-switch';
import type { SettingsStore } from '../settings/settings';
import type { Doors } from '../setup/doors';
import type { Surroundings } from '../surroundings/surroundings';

/** Where the program and the profile lie. */
export interface Places {
  /** Folder of the built program. */
  out: string;
  profile: string;
  icons: string;
  /** The built `journal-worker.js`. */
  journalWorker: URL;
}

export class Parts {
  notices!: Notices;
  company!: CompanyPolicy;
  settings!: SettingsStore;
  vault!: Vault;
  theme!: Theme;
  desk!: Desk;
  connection!: Connection;
  keeping!: Keeping;
  dialling!: Dialling;
  windows!: Windows;
  published!: Published;
  callWindow!: CallWindow;
  doors!: Doors;
  links!: LinkFollower;
  surroundings!: Surroundings;
  backend!: BackendSwitch;

  constructor(
    readonly environment: Environment,
    readonly places: Places,
    readonly observed: Observed,
  ) {}
}
