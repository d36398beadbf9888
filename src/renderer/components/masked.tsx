/** Privacy mode: content that keeps its place but shows only while it is pointed at or has the keyboard. */
import { useState, type ReactNode } from 'react';
import { Icon } from './icon';
import styles from './masked.module.css';

export function Masked({ on, label, children }: { on: boolean; label: string; children: ReactNode }) {
  const [shown, setShown] = useState(false);
  if (!on) return children;
  return (
    // The button carries the keyboard; the box follows the pointer, so that what is shown stays while it is read.
    <div
      className={styles.box}
      data-shown={shown || undefined}
      onPointerEnter={() => setShown(true)}
      onPointerLeave={() => setShown(false)}
    >
      <div className={styles.content}>{children}</div>
      <button
        type="button"
        className={styles.cover}
        aria-expanded={shown}
        onFocus={() => setShown(true)}
        onBlur={() => setShown(false)}
      >
        <Icon name="hidden" />
        <span className={styles.label}>{label}</span>
      </button>
    </div>
  );
}
