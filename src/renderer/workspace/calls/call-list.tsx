import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId } from '../../../shared/contract/events';
import type { CallRow, DeskMode } from '../../../shared/contract/views';
import { EmptyState } from '../../components/empty-state';
import { CallGroup } from './call-group';
import styles from './call-list.module.css';
import { groupCalls } from './group-calls';

/** Moves the keyboard between rows, across groups. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = rows[at + step];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

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
