import '../styles/base.css';
import { OutcomesProvider } from '../bridge/outcomes';
import { createPageViews, PageViewsProvider } from '../bridge/page-views';
import { createViewStore } from '../bridge/view-store';
import { startWindow } from '../bridge/window-root';
import { WorkspaceWindow } from './workspace-window';

const store = createViewStore(window.desk, 'desk:view');
const outcomes = createViewStore(window.desk, 'outcomes:view');
const pages = createPageViews(window.desk);
startWindow(
  window.desk,
  store,
  <OutcomesProvider value={outcomes}>
    <PageViewsProvider value={pages}>
      <WorkspaceWindow store={store} />
    </PageViewsProvider>
  </OutcomesProvider>,
);
