import { useCallback, useEffect, useState } from 'react';
import type { JoinView } from '../../../shared/contract/joining';
import { useDesk } from '../../bridge/desk';

/** The invite that is open: read from main, again whenever a link brings this window up. */
export function useInvite(): { invite: JoinView | null; read: () => void } {
  const desk = useDesk();
  const [invite, setInvite] = useState<JoinView | null>(null);
  const read = useCallback(() => {
    desk.request('team:invite', {}).then(setInvite, reportError);
  }, [desk]);
  useEffect(() => {
    read();
    return desk.on('desk:navigate', read);
  }, [desk, read]);
  return { invite, read };
}
