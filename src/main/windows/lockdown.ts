/** What no page may ever do, denied in one place for every window there is or will be. */
import { app, session } from 'electron';
import type { Session, WebContents } from 'electron';
import { APP_SCHEME } from './app-scheme';
import { mayRequest, mayUse } from './permissions';

export type Refused = (what: string) => void;

function lockContents(contents: WebContents, refused: Refused): void {
  contents.setWindowOpenHandler(() => {
    refused('window.open');
    return { action: 'deny' };
  });
  // Only main loads pages; whatever a page itself wants to go to, it does not.
  contents.on('will-frame-navigate', (event) => {
    event.preventDefault();
    refused('navigate');
  });
  contents.on('will-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
    refused('redirect');
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    refused('webview');
  });
}

function lockSession(target: Session, refused: Refused): void {
  target.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl, isMainFrame }) => {
    const origin = URL.canParse(requestingUrl)
      ? `${new URL(requestingUrl).protocol}//${new URL(requestingUrl).host}`
      : '';
    const granted = mayRequest({ permission, origin, isMainFrame });
    if (!granted) refused(`permission.${permission}`);
    answer(granted);
  });
  target.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame, mediaType }) =>
    mayUse({ permission, origin, isMainFrame, mediaType }),
  );
  target.setDevicePermissionHandler(() => false);
  target.on('will-download', (event) => {
    event.preventDefault();
    refused('download');
  });
  // The content security policy forbids it already; this holds should a page ever come without one.
  target.webRequest.onBeforeRequest((details, answer) => {
    const allowed = details.url.startsWith(`${APP_SCHEME}:`) || details.url.startsWith('devtools:');
    answer({ cancel: !allowed && !details.url.startsWith('data:image/') });
  });
}

/** Before the first window. @param refused hears codes of what was tried */
export function lockDown(refused: Refused): void {
  lockSession(session.defaultSession, refused);
  app.on('web-contents-created', (_event, contents) => {
    lockContents(contents, refused);
  });
}
