/** Every platform the relay can listen to, by the name its configuration section and webhook address use. */
import type { Platform } from './platform';
import { infer } from './infer';
import { salpre } from './salpre';
import { vinfer } from './vinfer';
import { voiceinfra } from './voiceinfra';

const all: readonly Platform[] = [vinfer, voiceinfra, infer, salpre];

/** By name. A map, because names arrive in URLs: `constructor` is not a platform. */
export const platforms: ReadonlyMap<string, Platform> = new Map(
  all.map((platform) => [platform.traits.name, platform]),
);
