// Derives every icon file from the SVG sources in resources/icons. Run after changing one: npm run icons.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import png2icons from 'png2icons';

const ICONS = fileURLToPath(new URL('../resources/icons/', import.meta.url));
/** What Linux desktops, Windows and macOS ask for. */
const APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
/** macOS wants a 1024 px representation in its container. */
const CONTAINER_SIZE = 1024;
/** Menu bars and Linux panels are 22 px high, the Windows notification area 16; the suffixes are Electron's for dense screens. */
const TRAY_FILES = [
  { suffix: '', size: 22 },
  { suffix: '@2x', size: 44 },
  { suffix: '-16', size: 16 },
  { suffix: '-16@1.5x', size: 24 },
  { suffix: '-16@2x', size: 32 },
];
/** Ink that reads on the panel, and the panel's own colour for what is cut out. */
const PANELS = {
  light: { ink: '#1c1f25', ground: '#ffffff' },
  dark: { ink: '#f2f4f7', ground: '#14161a' },
};
/** State colours by panel; each at least 3:1 against it. */
const STATES = {
  available: { light: '#0c7a45', dark: '#5fd197' },
  busy: { light: '#b3261e', dark: '#ff8d83' },
  away: { light: '#8a4a00', dark: '#f2bd72' },
  offline: { light: '#5b6370', dark: '#a9b1bd' },
  waiting: { light: '#b3261e', dark: '#ffb648' },
};

const png = (svg, size) => new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng();

function container(made, what) {
  if (made === null) throw new Error(`${what} could not be made from the rendered image.`);
  return made;
}

async function appIcons() {
  const svg = await readFile(path.join(ICONS, 'icon.svg'), 'utf8');
  await mkdir(path.join(ICONS, 'png'), { recursive: true });
  for (const size of APP_SIZES) await writeFile(path.join(ICONS, 'png', `${size}x${size}.png`), png(svg, size));
  await writeFile(path.join(ICONS, 'icon.png'), png(svg, 512));
  const large = png(svg, CONTAINER_SIZE);
  const ico = container(png2icons.createICO(large, png2icons.BICUBIC, 0, true, true), 'icon.ico');
  const icns = container(png2icons.createICNS(large, png2icons.BICUBIC, 0), 'icon.icns');
  await writeFile(path.join(ICONS, 'icon.ico'), ico);
  await writeFile(path.join(ICONS, 'icon.icns'), icns);
}

/** Keeps one state's group of the tray source. */
function trayPicture(source, state, panel) {
  const others = Object.keys(STATES).filter((name) => name !== state);
  const kept = others.reduce((svg, name) => svg.replace(new RegExp(`<g id="${name}">.*?</g>`, 's'), ''), source);
  const { ink, ground } = PANELS[panel];
  return kept.replaceAll('INK', ink).replaceAll('GROUND', ground).replaceAll('STATE', STATES[state][panel]);
}

async function trayIcons() {
  const source = (await readFile(path.join(ICONS, 'tray/tray.svg'), 'utf8')).replace(/<!--.*?-->/s, '');
  for (const state of Object.keys(STATES)) {
    for (const panel of Object.keys(PANELS)) {
      const svg = trayPicture(source, state, panel);
      const file = path.join(ICONS, 'tray', `${state}-${panel}`);
      for (const { suffix, size } of TRAY_FILES) await writeFile(`${file}${suffix}.png`, png(svg, size));
    }
  }
}

await appIcons();
await trayIcons();
