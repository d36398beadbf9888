/** What browsers have and the tests' DOM has not. */
import { vi } from 'vitest';

vi.stubGlobal('CSS', { escape: (text: string) => text.replaceAll(/[^\w-]/g, (letter) => `\\${letter}`) });
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe = () => undefined;
    unobserve = () => undefined;
    disconnect = () => undefined;
  },
);
vi.stubGlobal('reportError', () => undefined);
Object.defineProperty(navigator, 'languages', { value: ['en-IN', 'en'] });
