import { AxeBuilder } from '@axe-core/playwright';
import { chromium, expect, test, type Browser, type BrowserContextOptions } from '@playwright/test';
import { storyNames, type StoryName } from '../../../src/renderer/gallery/stories';
import { serveGallery, type GalleryServer } from './gallery-server';

/** Absent: the one that Playwright brought. */
const CHROMIUM = process.env.HANDOVER_CHROMIUM;
/** Every story in every look takes minutes; without it the tightest ones are tried, most of them in light only. */
const EVERY_LOOK = process.env.HANDOVER_EVERY_LOOK !== undefined;
const POP = { width: 440, height: 680 };
const DESK = { width: 1180, height: 760 };

interface Look {
  name: string;
  options: BrowserContextOptions;
  query?: string;
  /** CSS zoom as a person would set it in the window. */
  zoom?: number;
  only?: readonly StoryName[];
}
const few = [
  'pop-full',
  'pop-longest',
  'pop-no-summary',
  'pop-private',
  'desk-live-call',
  'desk-missed',
  'desk-longest',
  'desk-empty',
  'desk-reconnecting',
  'desk-notices',
  'settings',
  'settings-managed',
  'outcomes',
  'outcomes-deep',
  'first-run',
  'first-run-solo',
  'first-run-invited',
  'desk-check',
  'floor',
  'wrap-up-call-back',
  'wrap-up-decided',
  'history',
  'shortcuts',
  'dialer',
  'dialer-blocked',
  'dialer-longest',
  'dialer-calling',
  'dialer-wrap-up',
  'dialer-later',
  'callbacks',
  'campaigns',
  'campaign-new',
  'campaign-checked',
  'lists',
  'import-checked',
] as const;
const fewest: readonly StoryName[] = [
  'pop-longest',
  'desk-live-call',
  'wrap-up-call-back',
  'settings',
  'dialer-longest',
];
const looks: Look[] = [
  { name: 'light', options: { colorScheme: 'light' }, ...(EVERY_LOOK ? {} : { only: few }) },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'forced', options: { forcedColors: 'active', colorScheme: 'dark' }, only: few },
  { name: 'contrast', options: { contrast: 'more', colorScheme: 'light' }, only: few },
  { name: 'hindi', options: { colorScheme: 'light' }, query: '&lang=hi', only: few },
  { name: 'turkish', options: { colorScheme: 'dark' }, query: '&lang=tr', only: few },
  { name: 'pseudo', options: { colorScheme: 'light' }, query: '&lang=pseudo', only: few },
  { name: 'rtl', options: { colorScheme: 'light' }, query: '&rtl', only: few },
  { name: 'zoom200', options: { colorScheme: 'light' }, zoom: 2, only: few },
];

/** What must be there before the picture is taken, where it comes a moment later. */
const SIGNS: Partial<Record<StoryName, string>> = {
  settings: '[data-testid=team-relay]',
  'settings-managed': '[data-testid=policy-state]',
  outcomes: '[data-testid=fields-dispute]',
  'outcomes-deep': '[data-testid=edit-cash]',
  'outcomes-adding': '[data-testid=tree-adding]',
  'outcomes-relay': '[data-testid=outcomes-by-relay]',
  'outcomes-managed': '[data-testid=outcomes-by-company]',
  'first-run': '[data-testid=door-team]',
  'first-run-solo': '[data-testid=solo-setup]',
  'first-run-team': '[data-testid=invite-code]',
  'first-run-invited': '[data-testid=join-accept]',
  'desk-check': '[data-testid=desk-check-verdict]',
  floor: '[data-testid=floor-waiting]',
  'wrap-up': '[data-testid=outcome]',
  'wrap-up-nested': '[data-testid=outcome]',
  'wrap-up-call-back': '[data-testid=outcome]',
  'wrap-up-do-not-call': '[data-testid=outcome]',
  'wrap-up-decided': '[data-testid=outcome-entry]',
  'wrap-up-not-kept': '[data-testid=storage-memory]',
  history: '[data-testid^=history-row]',
  shortcuts: '[data-testid=shortcuts]',
  'dialer-wrap-up': '[data-testid=outcome]',
  'dialer-never': '[data-testid=never-dialog]',
  'dialer-later': '[data-testid=later-dialog]',
};

/**
 * Words that end in an ellipsis or at an edge where no title says the whole; runs in the page.
 * A badge's or row's title counts for the words in it.
 */
function cutOff(): string[] {
  const unsaid = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => {
    const cut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 8;
    if (!cut || element.closest('[title], .visually-hidden') !== null || element.querySelector('[title]') !== null)
      return false;
    const { overflowX, textOverflow, webkitLineClamp } = getComputedStyle(element);
    return overflowX === 'hidden' && (textOverflow === 'ellipsis' || webkitLineClamp !== 'none');
  });
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const beyond = rows.filter((row) =>
    [...row.querySelectorAll('*')].some((part) => {
      const [inner, outer] = [part.getBoundingClientRect(), row.getBoundingClientRect()];
      return !part.matches('.visually-hidden') && (inner.right > outer.right + 1 || inner.left < outer.left - 1);
    }),
  );
  return [...unsaid, ...beyond].map(({ textContent }) => textContent);
}

/** Fields that are not set in the desk's own type; runs in the page. */
function alienType(): number {
  const { fontFamily } = getComputedStyle(document.body);
  const fields = [...document.querySelectorAll('input, textarea, select, button')];
  return fields.filter((field) => getComputedStyle(field).fontFamily !== fontFamily).length;
}

let server: GalleryServer;
let browser: Browser;
test.beforeAll(async () => {
  server = await serveGallery();
  browser = await chromium.launch({
    ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
    args: ['--no-sandbox'],
  });
});
test.afterAll(async () => {
  await browser.close();
  server.close();
});

for (const look of looks) {
  const stories = EVERY_LOOK || look.name === 'light' ? look.only : fewest;
  for (const story of stories ?? storyNames) {
    test(`${story} in ${look.name} keeps the policy, fits its window with no word cut off unsaid, and is clean for axe`, async () => {
      const size = story.startsWith('pop') ? POP : DESK;
      const zoom = look.zoom ?? 1;
      const context = await browser.newContext({
        ...look.options,
        locale: 'en-IN',
        viewport: { width: Math.round(size.width / zoom), height: Math.round(size.height / zoom) },
        deviceScaleFactor: zoom,
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${server.url}/gallery.html?story=${story}${look.query ?? ''}`);
      await page.locator(story.startsWith('pop') ? '[data-testid=pop]' : '[data-testid=connection]').waitFor();
      const sign = SIGNS[story];
      if (sign !== undefined) await page.locator(sign).first().waitFor();
      await page.screenshot({ path: `out/shots/gallery/${look.name}/${story}.png` });
      expect(complaints).toEqual([]);
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scrollWidth, clientWidth, alien: document.querySelectorAll('style, img, script:not([src])').length };
      });
      expect(overflow.scrollWidth).toBeLessThanOrEqual(overflow.clientWidth);
      expect(overflow.alien).toBe(0);
      expect(await page.evaluate(cutOff)).toEqual([]);
      expect(await page.evaluate(alienType)).toBe(0);
      const { violations } = await new AxeBuilder({ page })
        .options({ rules: { 'target-size': { enabled: true } } })
        .analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
      ).toEqual([]);
      await context.close();
    });
  }
}
