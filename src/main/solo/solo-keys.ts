/**
 * The platform keys of a solo desk: kept in the vault, handed to the embedded relay when it starts, never to a window.
 */
import { randomBytes } from 'node:crypto';
import { soloPlatformSchema } from '../../shared/contract/solo';
import { SOLO_FORMS } from '../../shared/lib/solo-forms';
import type { SoloFault, SoloField, SoloForm, SoloPlatform, SoloView } from '../../shared/contract/solo';
import type { Keeping, Vault } from '../secrets/vault';
import { checkForm } from './check-form';
import { formOf, sectionOf, sectionsSchema } from './sections';
import type { Section, Sections } from './sections';

/** 192 bits in 32 characters that survive in an address and in a header. */
const makeSecret = () => randomBytes(24).toString('base64url');

export type SoloSaved = { ok: true; kept: Keeping } | { ok: false; field: SoloField; fault: SoloFault };

export interface SoloAddress {
  port: number;
  public_url?: string | undefined;
}

/** Where a platform delivers. @param secret the secret part of Infer's path, or what stands for it */
function hookUrl(base: string, platform: SoloPlatform, secret: string): string {
  return `${base.replace(/\/$/, '')}/hooks/${platform}${platform === 'infer' ? `/${secret}` : ''}`;
}

export class SoloKeys {
  constructor(private readonly vault: Vault) {}

  /** The relay's `platforms` section; undefined while there is none. */
  sections(): Sections | undefined {
    const kept = this.vault.get('solo.platforms');
    if (kept === undefined) return undefined;
    const parsed = sectionsSchema.safeParse(jsonOf(kept));
    return parsed.success && Object.keys(parsed.data).length > 0 ? parsed.data : undefined;
  }

  save(platform: SoloPlatform, typed: SoloForm): SoloSaved {
    const all = this.sections() ?? {};
    const before: Section | undefined = all[platform];
    const checked = checkForm(platform, typed, before === undefined ? {} : formOf(before), makeSecret);
    if (!checked.ok) return checked;
    return { ok: true, kept: this.#keep({ ...all, [platform]: sectionOf(platform, checked.form, before) }) };
  }

  remove(platform: SoloPlatform): void {
    const others = Object.entries(this.sections() ?? {}).filter(([name]) => name !== platform);
    this.#keep(Object.fromEntries(others));
  }

  view({ port, public_url }: SoloAddress): SoloView {
    const all = this.sections() ?? {};
    const local = `http://127.0.0.1:${port}`;
    return {
      keychain: this.vault.keeps,
      local,
      ...(public_url === undefined ? {} : { public_url }),
      platforms: soloPlatformSchema.options.map((platform) => {
        const section = all[platform];
        const form = section === undefined ? {} : formOf(section);
        return {
          platform,
          set: section !== undefined,
          fields: SOLO_FORMS[platform].fields.map(({ field, secret }) => ({
            field,
            set: form[field] !== undefined,
            ...(secret || form[field] === undefined ? {} : { value: form[field] }),
          })),
          address: hookUrl(public_url ?? local, platform, '…'),
        };
      }),
    };
  }

  /** For the clipboard alone. Undefined while the platform is not set up. */
  addressOf(platform: SoloPlatform, { port, public_url }: SoloAddress): string | undefined {
    const section = this.sections()?.[platform];
    return section && hookUrl(public_url ?? `http://127.0.0.1:${port}`, platform, section.path_secret ?? '');
  }

  /** What the platform must be told to send or sign with; for the clipboard alone. */
  webhookSecretOf(platform: SoloPlatform): string | undefined {
    const section = this.sections()?.[platform];
    return section?.header?.value ?? section?.secrets?.[0];
  }

  #keep(sections: Sections): Keeping {
    return this.vault.set('solo.platforms', JSON.stringify(sections));
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
