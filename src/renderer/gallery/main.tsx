/**
 * `gallery.html` lists the stories; `gallery.html?story=NAME&lang=hi` draws one as its window does, at a fixed time.
 * `lang=pseudo` shows English in longer, accented words: what stays plain is not in the catalogue.
 */
import './no-code-generation';
import '../styles/base.css';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { ClockProvider } from '../bridge/clock';
import { OutcomesProvider } from '../bridge/outcomes';
import { SoundsProvider, type Sounds } from '../bridge/sounds';
import { createViewStore } from '../bridge/view-store';
import { DeskProvider } from '../bridge/desk';
import { catalogues } from '../i18n/catalogues';
import { createWords } from '../i18n/i18n';
import { PopWindow } from '../screen-pop/pop-window';
import { WorkspaceWindow } from '../workspace/workspace-window';
import { PageViewsProvider } from '../bridge/page-views';
import { createFakeDesk, deskStore, pageStores, popStore } from './fake-desk';
import { pseudo } from './pseudo';
import { NOW, loudspeakers } from './samples';
import { stories, storyNames, type Story } from './stories';

/** By then the window has drawn itself and listens to keys. */
const LISTENING_MS = 200;

const query = new URLSearchParams(location.search);
const name = storyNames.find((story) => story === query.get('story'));
const language = query.get('lang') ?? 'en';

function words() {
  if (language === 'hi' || language === 'tr') return createWords(language, catalogues[language]);
  const english = createWords('en');
  if (language === 'pseudo') english.addResourceBundle('en', 'translation', pseudo(catalogues.en), true, true);
  return english;
}

/** `?`, or `Alt+D`. */
function keyEvent(chord: string): KeyboardEvent {
  const altKey = chord.startsWith('Alt+');
  return new KeyboardEvent('keydown', { key: altKey ? chord.slice('Alt+'.length) : chord, altKey, cancelable: true });
}

function Window({ story }: { story: Story }) {
  if (story.window === 'pop') {
    const desk = createFakeDesk();
    return (
      <DeskProvider desk={desk}>
        <PopWindow store={popStore(desk, story.view)} />
      </DeskProvider>
    );
  }
  const desk = createFakeDesk(story.reads);
  const outcomes = createViewStore(desk, 'outcomes:view');
  if (story.outcomes !== undefined) desk.publish('outcomes:view', story.outcomes);
  const { press } = story;
  if (press !== undefined) setTimeout(() => window.dispatchEvent(keyEvent(press)), LISTENING_MS);
  const button = story.click;
  if (button !== undefined) {
    // A page that asks main for something first has its button when it has the answer.
    const click = () => {
      const found = document.querySelector<HTMLElement>(`[data-testid=${button}]`);
      if (found === null) requestAnimationFrame(click);
      else found.click();
    };
    setTimeout(click, LISTENING_MS);
  }
  return (
    <DeskProvider desk={desk}>
      <OutcomesProvider value={outcomes}>
        <PageViewsProvider value={pageStores(desk, story.pages)}>
          <WorkspaceWindow store={deskStore(desk, story.view)} firstPage={story.page ?? 'calls'} />
        </PageViewsProvider>
      </OutcomesProvider>
    </DeskProvider>
  );
}

function Index() {
  return (
    <nav style={{ height: '100%', overflow: 'auto', padding: 16, userSelect: 'text' }}>
      {['en', 'hi', 'tr', 'pseudo'].map((lang) => (
        <section key={lang}>
          <h2>{lang}</h2>
          {storyNames.map((story) => (
            <a key={story} href={`?story=${story}&lang=${lang}`} style={{ display: 'inline-block', margin: 8 }}>
              {story}
            </a>
          ))}
        </section>
      ))}
    </nav>
  );
}

const silence: Sounds = {
  play: () => undefined,
  speakers: { list: () => Promise.resolve(loudspeakers), watch: () => () => undefined },
};

document.documentElement.lang = language === 'pseudo' ? 'en' : language;
if (query.has('rtl')) document.documentElement.dir = 'rtl';
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
createRoot(root).render(
  <I18nextProvider i18n={words()}>
    <I18nProvider locale={document.documentElement.lang}>
      <ClockProvider value={{ now: () => NOW, subscribe: () => () => undefined }}>
        <SoundsProvider value={silence}>
          {name === undefined ? <Index /> : <Window story={stories[name]} />}
        </SoundsProvider>
      </ClockProvider>
    </I18nProvider>
  </I18nextProvider>,
);
