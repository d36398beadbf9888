/** Draws a window over a desk that records, in a DOM without layout. */
import './browser-parts';
import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { ClockProvider, type Clock } from '../../../src/renderer/bridge/clock';
import { DeskProvider } from '../../../src/renderer/bridge/desk';
import { SoundsProvider, type Sounds } from '../../../src/renderer/bridge/sounds';
import { createViewStore } from '../../../src/renderer/bridge/view-store';
import { OutcomesProvider } from '../../../src/renderer/bridge/outcomes';
import { PageViewsProvider } from '../../../src/renderer/bridge/page-views';
import {
  createFakeDesk,
  pageStores,
  type FakeDesk,
  type PageSamples,
  type Reads,
} from '../../../src/renderer/gallery/fake-desk';
import { catalogues } from '../../../src/renderer/i18n/catalogues';
import { createWords } from '../../../src/renderer/i18n/i18n';
import { PopWindow } from '../../../src/renderer/screen-pop/pop-window';
import { WorkspaceWindow } from '../../../src/renderer/workspace/workspace-window';
import type { DeskView, Language, PopView } from '../../../src/shared/contract/views';
import { NOW, loudspeakers } from '../../../src/renderer/gallery/samples';

export interface ManualClock extends Clock {
  /** Moves the present and ticks. */
  set: (now: number) => void;
  /** Whether anything in the window counts seconds now. */
  countsSeconds: () => boolean;
}

export function manualClock(start = NOW): ManualClock {
  let present = start;
  const ticks = new Map<object, { tick: () => void; calmFrom: number }>();
  return {
    now: () => present,
    subscribe: (tick, calmFrom = Number.POSITIVE_INFINITY) => {
      const key = {};
      ticks.set(key, { tick, calmFrom });
      return () => ticks.delete(key);
    },
    set: (now) => {
      present = now;
      act(() => ticks.forEach(({ tick }) => tick()));
    },
    countsSeconds: () => [...ticks.values()].some(({ calmFrom }) => calmFrom > present),
  };
}

export interface Drawn<V> {
  desk: FakeDesk;
  clock: ManualClock;
  publish: (view: V) => void;
  /** Arguments of every request of a channel so far. */
  sent: (channel: FakeDesk['sent'][number]['channel']) => unknown[];
}

/** Every sound since the last drawing. */
export const played: { name: string; volume: number; device?: unknown }[] = [];

const sounds: Sounds = {
  play: (name, { volume, device }) => played.push({ name, volume, ...(device === undefined ? {} : { device }) }),
  speakers: { list: () => Promise.resolve(loudspeakers), watch: () => () => undefined },
};

function draw(desk: FakeDesk, page: ReactNode, language: Language): ManualClock {
  played.length = 0;
  const clock = manualClock();
  render(
    <I18nextProvider i18n={createWords(language, catalogues[language])}>
      <ClockProvider value={clock}>
        <SoundsProvider value={sounds}>
          <DeskProvider desk={desk}>{page}</DeskProvider>
        </SoundsProvider>
      </ClockProvider>
    </I18nextProvider>,
  );
  return clock;
}

const sentOf = (desk: FakeDesk) => (channel: string) =>
  desk.sent.filter((one) => one.channel === channel).map((one) => one.args);

export function drawPop(view: PopView | null, language: Language = 'en'): Drawn<PopView> {
  const desk = createFakeDesk();
  const store = createViewStore(desk, 'pop:view');
  if (view !== null) desk.publish('pop:view', view);
  const clock = draw(desk, <PopWindow store={store} />, language);
  return { desk, clock, publish: (next) => act(() => desk.publish('pop:view', next)), sent: sentOf(desk) };
}

/** A part of a window by itself. */
export function drawPart(part: ReactNode, language: Language = 'en', reads: Reads = {}): Omit<Drawn<never>, 'publish'> {
  const desk = createFakeDesk(reads);
  return { desk, clock: draw(desk, part, language), sent: sentOf(desk) };
}

export function drawDesk(
  view: DeskView | null,
  language: Language = 'en',
  reads: Reads = {},
  pages: PageSamples = {},
): Drawn<DeskView> {
  const desk = createFakeDesk(reads);
  const outcomes = createViewStore(desk, 'outcomes:view');
  const store = createViewStore(desk, 'desk:view');
  if (view !== null) desk.publish('desk:view', view);
  const clock = draw(
    desk,
    <OutcomesProvider value={outcomes}>
      <PageViewsProvider value={pageStores(desk, pages)}>
        <WorkspaceWindow store={store} />
      </PageViewsProvider>
    </OutcomesProvider>,
    language,
  );
  return { desk, clock, publish: (next) => act(() => desk.publish('desk:view', next)), sent: sentOf(desk) };
}
