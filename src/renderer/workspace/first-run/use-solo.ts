import { useCallback, useEffect, useState } from 'react';
import type { SoloView } from '../../../shared/contract/solo';
import { useDesk } from '../../bridge/desk';

/** Which platform keys are set, as main knows it. `null` until it has answered. */
export function useSolo(): { solo: SoloView | null; read: () => void } {
  const desk = useDesk();
  const [solo, setSolo] = useState<SoloView | null>(null);
  const read = useCallback(() => {
    desk.request('solo:get', {}).then(setSolo, reportError);
  }, [desk]);
  useEffect(read, [read]);
  return { solo, read };
}
