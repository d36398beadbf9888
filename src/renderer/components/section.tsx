import type { ReactNode } from 'react';
import styles from './section.module.css';

/** A titled part of a call. */
export function Section({
  title,
  level: Heading,
  aside,
  children,
}: {
  title: string;
  level: 'h2' | 'h3';
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <Heading className={styles.title}>{title}</Heading>
        {aside}
      </div>
      {children}
    </section>
  );
}
