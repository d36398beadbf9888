import '../styles/base.css';
import { createViewStore } from '../bridge/view-store';
import { startWindow } from '../bridge/window-root';
import { PopWindow } from './pop-window';

const store = createViewStore(window.desk, 'pop:view');
startWindow(window.desk, store, <PopWindow store={store} />);
