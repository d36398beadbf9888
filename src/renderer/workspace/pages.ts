import type { IconName } from '../components/icon';

/** The workspace's pages in the rail's order. */
export const PAGES = [
  { page: 'calls', icon: 'calls' },
  { page: 'dialer', icon: 'dialer' },
  { page: 'callbacks', icon: 'callback' },
  { page: 'history', icon: 'clock' },
  { page: 'campaigns', icon: 'campaign' },
  { page: 'lists', icon: 'list' },
  { page: 'floor', icon: 'person' },
  { page: 'settings', icon: 'settings' },
] as const satisfies readonly { page: string; icon: IconName }[];
/** In the rail, or reached from elsewhere: at the first start, and from the settings. */
export type Page = RailPage | 'first-run' | 'desk-check' | 'outcomes';

type RailPage = (typeof PAGES)[number]['page'];

/** The rail's page to which an open one belongs: what is reached from the settings is still the settings. */
export function railPageOf(page: Page): RailPage | null {
  if (page === 'first-run') return null;
  return page === 'desk-check' || page === 'outcomes' ? 'settings' : page;
}

/** The floor and the lists of leads are a supervisor's. */
export function pagesFor(supervisor: boolean): readonly (typeof PAGES)[number][] {
  return PAGES.filter(({ page }) => supervisor || (page !== 'lists' && page !== 'floor'));
}
