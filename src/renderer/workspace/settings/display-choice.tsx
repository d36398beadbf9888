import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/settings';
import type { DisplayView } from '../../../shared/contract/views';
import { useDesk } from '../../bridge/desk';
import { Choice } from './choice';

type Pop = Settings['pop'];

const FIXED = 'fixed:';

function useDisplays(): readonly DisplayView[] {
  const desk = useDesk();
  const [displays, setDisplays] = useState<readonly DisplayView[]>([]);
  useEffect(() => {
    let current = true;
    desk.request('displays:list', {}).then((read) => {
      if (current) setDisplays(read.displays);
    }, reportError);
    return () => {
      current = false;
    };
  }, [desk]);
  return displays;
}

/** Where calls appear. A chosen display that is not connected stays chosen, and the main one stands in for it. */
export function DisplayChoice({ pop, onPop }: { pop: Pop; onPop: (pop: Pop) => void }) {
  const { t } = useTranslation();
  const { fixed_display: fixed } = pop;
  const connected = useDisplays().map(({ id, label, width, height }, index) => ({
    id,
    label: label === '' ? t('settings.display_unnamed', { n: index + 1, size: `${width} × ${height}` }) : label,
  }));
  const away = fixed === undefined || connected.some(({ id }) => id === fixed.id) ? [] : [fixed];
  return (
    <Choice
      label={t('settings.display')}
      testId="pop-display"
      value={pop.display === 'fixed' ? `${FIXED}${fixed?.id ?? ''}` : pop.display}
      options={[
        { value: 'cursor', label: t('settings.display_cursor') },
        { value: 'primary', label: t('settings.display_primary') },
        { value: 'all', label: t('settings.display_all') },
        ...connected.map(({ id, label }) => ({
          value: `${FIXED}${id}`,
          label: t('settings.display_fixed', { label }),
        })),
        ...away.map(({ id, label }) => ({ value: `${FIXED}${id}`, label: t('settings.display_away', { label }) })),
      ]}
      onChange={(chosen) => {
        const display = (['cursor', 'primary', 'all'] as const).find((known) => known === chosen);
        const found = [...connected, ...away].find(({ id }) => chosen === `${FIXED}${id}`);
        if (display !== undefined) onPop({ ...pop, display });
        else if (found !== undefined) onPop({ ...pop, display: 'fixed', fixed_display: found });
      }}
    />
  );
}
