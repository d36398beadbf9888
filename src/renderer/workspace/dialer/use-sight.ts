import { useEffect } from 'react';
import type { Sight } from '../../../shared/contract/dialer-views';
import { send, useDesk } from '../../bridge/desk';

/** What stands before the page: react-aria puts dialogs and menus into the body, each in an element of its own. */
const LAYERS = '[role=dialog], [role=alertdialog], [role=menu]';

/** Tells main whether the lead is before somebody's eyes, for as long as its card is there. */
export function useSight(lead: string): void {
  const desk = useDesk();
  useEffect(() => {
    let told: Sight | undefined;
    const tell = (sight: Sight) => {
      if (sight === told) return;
      told = sight;
      // Reports its own fault and never rejects.
      void send(desk, 'dialer:sight', { lead, sight });
    };
    const look = () => {
      const layer = document.querySelector(LAYERS) === null ? 'read' : 'dialog';
      tell(document.hidden ? 'hidden' : layer);
    };
    const layers = new MutationObserver(look);
    layers.observe(document.body, { childList: true });
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      layers.disconnect();
      document.removeEventListener('visibilitychange', look);
      tell('hidden');
    };
  }, [desk, lead]);
}
