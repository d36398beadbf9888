import { useEffect } from 'react';
import { pagesFor, type Page } from '../pages';

/** Alt+1, Alt+2, … open the pages in the rail's order. */
export function usePageKeys(onPage: (page: Page) => void, supervisor: boolean): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      const page = pagesFor(supervisor).find((_, index) => event.code === `Digit${index + 1}`);
      if (page === undefined) return;
      event.preventDefault();
      onPage(page.page);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onPage, supervisor]);
}
