/** What both windows stand on: bridge, words, fault boundary. */
import { StrictMode, useEffect, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import type { DeskBridge } from '../../shared/contract/ipc';
import type { Language } from '../../shared/contract/views';
import { FaultBoundary } from '../components/fault-boundary';
import { createWords, speak, systemLanguage } from '../i18n/i18n';
import { useLocale } from '../i18n/use-locale';
import { DeskProvider, send } from './desk';
import { useView, type ViewStore } from './view-store';

const words = createWords('en');

/** Without its catalogue, which lies beside the window's own script, the window stays in the language it has. */
function sayIn(language: Language): Promise<void> {
  return speak(words, language).catch(reportError);
}

/** Follows the language that main publishes with the view, and marks the document with it. */
function Language({ store, children }: { store: ViewStore<{ language?: Language | undefined }>; children: ReactNode }) {
  const language = useView(store)?.language ?? systemLanguage(navigator.languages);
  const locale = useLocale();
  useEffect(() => {
    document.documentElement.lang = language;
    if (words.language !== language) void sayIn(language);
  }, [language]);
  return <I18nProvider locale={locale}>{children}</I18nProvider>;
}

/** Tells main that the window listens, once everything in it does: effects of children run first. */
function Listening({ desk, children }: { desk: DeskBridge; children: ReactNode }) {
  useEffect(() => {
    // Reports its own fault and never rejects. Not tied to an animation frame: a hidden window has none.
    void send(desk, 'window:ready', {});
  }, [desk]);
  return children;
}

/** Draws the window and tells main that it listens. */
export function startWindow(
  desk: DeskBridge,
  store: ViewStore<{ language?: Language | undefined }>,
  page: ReactNode,
): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  const draw = () => {
    createRoot(root).render(windowOf(desk, store, page));
  };
  void sayIn(systemLanguage(navigator.languages)).then(draw);
}

function windowOf(desk: DeskBridge, store: ViewStore<{ language?: Language | undefined }>, page: ReactNode): ReactNode {
  return (
    <StrictMode>
      <I18nextProvider i18n={words}>
        <Language store={store}>
          <FaultBoundary>
            <DeskProvider desk={desk}>
              <Listening desk={desk}>{page}</Listening>
            </DeskProvider>
          </FaultBoundary>
        </Language>
      </I18nextProvider>
    </StrictMode>
  );
}
