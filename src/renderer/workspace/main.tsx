import '../styles/base.css';
import { OutcomesProvider } from '../bridge/outcomes';
import { createViewStore } from '../bridge/view-store';
import { startWindow } from '../bridge/window-root';
import { WorkspaceWindow } from './workspace-window';

const store = createViewStore(window.desk, 'desk:view');
const outcomes = createViewStore(window.desk, 'outcomes:view');
startWindow(
  window.desk,
  store,
  <OutcomesProvider value={outcomes}>
    <WorkspaceWindow store={store} />
  </OutcomesProvider>,
);
