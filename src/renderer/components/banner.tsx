import type { ReactNode } from 'react';
import type { Tone } from './badge';
import styles from './banner.module.css';
import { Icon, type IconName } from './icon';

/** One line across a view that says what is the matter, with what can be done about it at its end. */
export function Banner({
  tone,
  icon,
  children,
  action,
  testId,
}: {
  tone: Tone;
  icon: IconName;
  children: ReactNode;
  action?: ReactNode;
  testId?: string;
}) {
  return (
    <div className={styles.banner} data-tone={tone} data-testid={testId}>
      <Icon name={icon} />
      <div className={styles.words}>{children}</div>
      {action}
    </div>
  );
}
