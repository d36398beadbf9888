/** Preload of the workspace. */
import { exposeDesk } from './bridge';

exposeDesk('workspace');
