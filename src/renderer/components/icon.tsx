/** Line icons drawn for this product on a 16 px grid. Always decoration: words or a label stand beside them. */
const paths = {
  calls:
    'M4.2 2.5h2l1 3-1.5 1.2a8 8 0 0 0 3.6 3.6l1.2-1.5 3 1v2a1.5 1.5 0 0 1-1.6 1.5A10 10 0 0 1 2.7 4.1 1.5 1.5 0 0 1 4.2 2.5Z',
  settings: 'M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M10 2.8v3.4M6 9.8v3.4',
  close: 'm4 4 8 8M12 4l-8 8',
  copy: 'M6 5.5h7.5v8H6zM10 5.5v-3H2.5v8H6',
  check: 'm3 8.5 3.2 3.2L13 4.5',
  chevron: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  alert: 'M8 2.2 14.5 13.5h-13ZM8 6.5v3.2M8 11.6v.2',
  shield: 'M8 2 3 4v4c0 3 2.2 5 5 6 2.8-1 5-3 5-6V4Z',
  flask: 'M6.5 2.5v4L3 12.3a1 1 0 0 0 .9 1.4h8.2a1 1 0 0 0 .9-1.4L9.5 6.5v-4M5.5 2.5h5M4.8 10h6.4',
  person: 'M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8ZM3 13.5c.6-2.3 2.5-3.5 5-3.5s4.4 1.2 5 3.5',
  hidden: 'M2 8s2.2-3.8 6-3.8S14 8 14 8s-2.2 3.8-6 3.8S2 8 2 8ZM3 13.5l10-11',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.6',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3l3.2 3.2',
  blocked: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM3.8 3.8l8.4 8.4',
  missed: 'M2.5 6 6.5 9.5 13 4M9.5 4H13v3.4M3 13h10',
  hourglass: 'M4 2.5h8M4 13.5h8M5 2.5c0 3 1.2 4 3 5.5 1.8-1.5 3-2.5 3-5.5M5 13.5c0-3 1.2-4 3-5.5 1.8 1.5 3 2.5 3 5.5',
  wrapup: 'M3.5 2.5h9v11h-9zM6 6h4M6 8.5h4M6 11h2',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.2v3.8M8 5v.2',
  external: 'M9.5 2.5h4v4M13.5 2.5l-6 6M11.5 9.5v4h-9v-9h4',
  campaign: 'M2.5 6.5v3h2.2L10 13V3L4.7 6.5ZM12.5 6a3 3 0 0 1 0 4M5 9.5l.8 4h1.7l-.7-3.3',
  dialer: 'M3 9.5V8a5 5 0 0 1 10 0v1.5M3 9.2h2v3.6H4a1 1 0 0 1-1-1zM13 9.2h-2v3.6h1a1 1 0 0 0 1-1z',
  callback: 'M5.5 2.5 2.8 5.2l2.7 2.7M3 5.2h5.6a4.2 4.2 0 1 1 0 8.4H6M8.6 7.4v2.4l1.6 1',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.2M2.5 8h.2M2.5 12h.2',
  enter: 'M13 3.5v3a2 2 0 0 1-2 2H3.5M6.5 5.5l-3 3 3 3',
} as const;
export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { name: IconName; size?: 16 | 20 }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}

/** A state as a shape, so that it is told apart without its colour. */
export type StateShape = 'full' | 'half' | 'bars' | 'ring' | 'dash';

const shapes: Record<StateShape, string> = {
  full: 'M6 11A5 5 0 1 0 6 1a5 5 0 0 0 0 10Z',
  half: 'M6 1a5 5 0 0 1 0 10ZM6 11A5 5 0 0 1 6 1v1.5a3.5 3.5 0 0 0 0 7Z',
  bars: 'M2.5 1.5h2.3v9H2.5zM7.2 1.5h2.3v9H7.2z',
  ring: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1Zm0 1.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8Z',
  dash: 'M6 11A5 5 0 1 0 6 1a5 5 0 0 0 0 10ZM3.2 5v2h5.6V5Z',
};

export function StateMark({ shape }: { shape: StateShape }) {
  return (
    <svg width={12} height={12} viewBox="0 0 12 12" fill="currentColor" fillRule="evenodd" aria-hidden="true">
      <path d={shapes[shape]} />
    </svg>
  );
}
