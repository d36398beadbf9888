import { useCallback, useEffect } from 'react';
import { send, useDesk } from '../bridge/desk';
import { KeysProvider, isChord } from '../bridge/keys';
import { STANDARD_SOUND } from '../bridge/sounds';
import { useView, type ViewStore } from '../bridge/view-store';
import type { SoundSettings } from '../../shared/contract/sound';
import type { CallView, PopView } from '../../shared/contract/views';
import { STANDARD_KEYS } from '../../shared/lib/keys';
import { CrmProvider } from '../components/open-crm';
import { PopAnnouncer } from './pop-announcer';
import { PopCall } from './pop-call';
import { useCallSound, type Sounding } from './use-call-sound';
import { useNeededHeight } from './use-needed-height';
import { usePainted } from './use-painted';
import { useSeen } from './use-seen';

/** A call still asks for somebody while nobody has it and it is not over. */
function soundState(call: CallView | null): Sounding['state'] {
  if (call === null) return 'quiet';
  if (['ended', 'failed'].includes(call.phase) || ['mine', 'other'].includes(call.claim.state)) return 'gone';
  return call.claim.state === 'open' ? 'wanted' : 'quiet';
}

/** What the agent chose; while the window cannot be seen it is never silent and never given up after one time. */
function soundOf(view: PopView | undefined): SoundSettings {
  const sound = view?.sound ?? STANDARD_SOUND;
  if (view?.insist !== true) return sound;
  return { ...(sound.name === 'none' ? STANDARD_SOUND : sound), repeat: true };
}

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
  useCallSound({
    call: current?.call,
    event: view?.event,
    state: soundState(current),
    waiting: view?.waiting.map((other) => other.call).join('\n') ?? '',
    seen: view?.seen === true,
    sound: soundOf(view),
  });
  useSeen(
    current?.call,
    useCallback((call: string) => void send(desk, 'pop:seen', { call }), [desk]),
  );

  const call = current?.call;
  const keys = view?.keys ?? STANDARD_KEYS;
  const { hide } = keys;
  useEffect(() => {
    if (call === undefined) return;
    const onKey = (event: KeyboardEvent) => {
      if (isChord(event, hide) && !event.defaultPrevented) void send(desk, 'pop:dismiss', { call });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [desk, call, hide]);

  return (
    <KeysProvider value={keys}>
      <CrmProvider value={view?.crm === true}>
        <PopAnnouncer view={view} />
        {view !== undefined && current !== null && (
          <PopCall key={current.call} view={view} call={current} part={part} />
        )}
      </CrmProvider>
    </KeysProvider>
  );
}
