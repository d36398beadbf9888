/** Preload of the screen pop. */
import { exposeDesk } from './bridge';

exposeDesk('screen-pop');
