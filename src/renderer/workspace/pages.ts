import type { IconName } from '../components/icon';

/** The workspace's pages in the rail's order. */
export const PAGES = [
  { page: 'calls', icon: 'calls' },
  { page: 'history', icon: 'clock' },
  { page: 'settings', icon: 'settings' },
] as const satisfies readonly { page: string; icon: IconName }[];
export type Page = (typeof PAGES)[number]['page'];
