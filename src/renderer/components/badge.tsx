import type { ReactNode } from 'react';
import styles from './badge.module.css';
import { Icon, type IconName } from './icon';

export type Tone = 'neutral' | 'waiting' | 'live' | 'wrapup' | 'blocked' | 'accent';

/** A short mark beside a name: words always, an icon where it helps, colour last. */
export function Badge({
  tone = 'neutral',
  icon,
  why,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  /** What the mark means, shown on hover and read after it. */
  why?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={styles.badge}
      data-tone={tone}
      title={why ?? (typeof children === 'string' ? children : undefined)}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span className={styles.words}>{children}</span>
      {why !== undefined && <span className="visually-hidden">. {why}</span>}
    </span>
  );
}
