/** Every platform the relay can listen to, by the name its configuration section and webhook address use. */
import type { Platform } from './platform';
import { vinfer } from './vinfer';

const all: readonly Platform[] = [vinfer];

/** By name. A map, because names arrive in URLs: `constructor` is not a platform. */
export const platforms: ReadonlyMap<string, Platform> = new Map(
  all.map((platform) => [platform.traits.name, platform]),
);
