import { useEffect, useState } from 'react';
import type { FloorAnswer } from '../../../shared/contract/floor';
import { useDesk } from '../../bridge/desk';

/** Live enough to act on, cheap enough for the relay. */
const EVERY_MS = 2_000;

/** `stale`: the last answer did not come; what is shown is older than it looks. */
export type FloorState =
  { state: 'loading' } | { state: 'unavailable' } | { state: 'ready'; floor: FloorAnswer; stale: boolean };

/** The floor, asked again as long as the page is open; one question at a time. */
export function useFloor(): FloorState {
  const desk = useDesk();
  const [state, setState] = useState<FloorState>({ state: 'loading' });
  useEffect(() => {
    let open = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const missing = () =>
      setState((now) => (now.state === 'ready' ? { ...now, stale: true } : { state: 'unavailable' }));
    const ask = () => {
      desk
        .request('floor:get', {})
        .then(
          ({ floor }) => {
            if (!open) return;
            if (floor === null) missing();
            else setState({ state: 'ready', floor, stale: false });
          },
          (error: unknown) => {
            reportError(error);
            if (open) missing();
          },
        )
        .finally(() => {
          if (open) timer = setTimeout(ask, EVERY_MS);
        });
    };
    ask();
    return () => {
      open = false;
      clearTimeout(timer);
    };
  }, [desk]);
  return state;
}
