import type { ReactNode } from 'react';
import styles from './empty-state.module.css';
import { Icon, type IconName } from './icon';

/** A place with nothing in it: what belongs here and, where there is something to do, how. */
export function EmptyState({
  icon,
  title,
  about,
  alert = false,
  children,
}: {
  icon: IconName;
  title: string;
  about?: string;
  alert?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className={styles.empty} role={alert ? 'alert' : undefined}>
      <Icon name={icon} size={20} />
      <p className={styles.title}>{title}</p>
      {about !== undefined && <p className={styles.about}>{about}</p>}
      {children}
    </div>
  );
}
