import '../styles/base.css';
import { createViewStore } from '../bridge/view-store';
import { startWindow } from '../bridge/window-root';
import { WorkspaceWindow } from './workspace-window';

const store = createViewStore(window.desk, 'desk:view');
startWindow(window.desk, store, <WorkspaceWindow store={store} />);
