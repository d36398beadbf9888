import { useCallback, useEffect } from 'react';
import { send, useDesk } from '../bridge/desk';
import { useView, type ViewStore } from '../bridge/view-store';
import type { PopView } from '../../shared/contract/views';
import { PopAnnouncer } from './pop-announcer';
import { PopCall } from './pop-call';
import { useNeededHeight } from './use-needed-height';
import { usePainted } from './use-painted';

/** The screen pop: one call in full, the others in a strip. Takes no focus by itself, ever. */
export function PopWindow({ store }: { store: ViewStore<PopView> }) {
  const desk = useDesk();
  const view = useView(store);
  const current = view?.current ?? null;
  // Commands below report their own faults and never reject.
  const painted = useCallback(
    (call: string, event: string, at: number) => void send(desk, 'pop:painted', { call, event, at }),
    [desk],
  );
  const part = useNeededHeight(useCallback((height: number) => void send(desk, 'pop:resize', { height }), [desk]));
  usePainted(current?.call, view?.event, painted);

  const call = current?.call;
  useEffect(() => {
    if (call === undefined) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) void send(desk, 'pop:dismiss', { call });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [desk, call]);

  return (
    <>
      <PopAnnouncer view={view} />
      {view !== undefined && current !== null && <PopCall key={current.call} view={view} call={current} part={part} />}
    </>
  );
}
