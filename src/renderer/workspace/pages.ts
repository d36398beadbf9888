import type { IconName } from '../components/icon';

/** The workspace's pages in the rail's order. */
export const PAGES = [
  { page: 'calls', icon: 'calls' },
  { page: 'dialer', icon: 'dialer' },
  { page: 'callbacks', icon: 'callback' },
  { page: 'history', icon: 'clock' },
  { page: 'campaigns', icon: 'campaign' },
  { page: 'lists', icon: 'list' },
  { page: 'settings', icon: 'settings' },
] as const satisfies readonly { page: string; icon: IconName }[];
export type Page = (typeof PAGES)[number]['page'];

/** Lists of leads are a supervisor's. */
export function pagesFor(supervisor: boolean): readonly (typeof PAGES)[number][] {
  return PAGES.filter(({ page }) => supervisor || page !== 'lists');
}
