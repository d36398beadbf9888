/** The policy packs and tables of places that came with this build: their text, by file name. */

const PACKS = import.meta.glob('../../../resources/policies/*.json', { query: '?raw', import: 'default', eager: true });
const PLACES = import.meta.glob('../../../resources/policies/places/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

function byName(files: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(files).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text]));
}

export const bundledPacks: ReadonlyMap<string, string> = byName(PACKS);
export const bundledPlaces: ReadonlyMap<string, string> = byName(PLACES);
