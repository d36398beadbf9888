/** Privacy mode: content that keeps its place but shows only while it is pointed at or has the keyboard. */
import { useState, type ReactNode } from 'react';
import { Icon } from './icon';
import styles from './masked.module.css';

export function Masked({
  on,
  label,
  inline = false,
  children,
}: {
  on: boolean;
  label: string;
  /** Inside a heading or a line, where no block may stand. */
  inline?: boolean;
  children: ReactNode;
}) {
  const Box = inline ? 'span' : 'div';
  const [shown, setShown] = useState(false);
  if (!on) return children;
  return (
    // The button carries the keyboard; the box follows the pointer, so that what is shown stays while it is read.
    <Box
      className={styles.box}
      data-shown={shown || undefined}
      onPointerEnter={() => setShown(true)}
      onPointerLeave={() => setShown(false)}
    >
      <Box className={styles.content}>{children}</Box>
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
    </Box>
  );
}
