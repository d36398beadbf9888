import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId } from '../../../shared/contract/events';
import type { CallRow, DeskMode } from '../../../shared/contract/views';
import { EmptyState } from '../../components/empty-state';
import { CallGroup } from './call-group';
import styles from './call-list.module.css';
import { groupCalls } from './group-calls';
import { moveFocus } from './move-focus';

export function CallList({
  rows,
  mode,
  selected,
  onOpen,
}: {
  rows: readonly CallRow[];
  mode: DeskMode;
  selected: CallId | null;
  onOpen: (call: CallId) => void;
}) {
  const { t } = useTranslation();
  // State, not a ref: the groups inside are laid out before a ref of this element would be set.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const groups = groupCalls(rows);
  if (rows.length === 0) {
    return (
      <EmptyState
        icon="calls"
        title={t('calls.empty')}
        about={mode === 'practice' ? t('calls.empty_practice') : t('calls.empty_about')}
      />
    );
  }
  return (
    // Arrow keys are a convenience over the tab order; each row is a button of its own.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the rows inside are the interactive elements
    <div ref={setScroller} className={styles.list} role="region" aria-label={t('calls.list')} onKeyDown={moveFocus}>
      {groups.map(({ group, rows: members, start }) => (
        <CallGroup
          key={group}
          group={group}
          rows={members}
          start={start}
          scroller={scroller}
          selected={selected}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}
