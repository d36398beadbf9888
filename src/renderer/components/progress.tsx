import styles from './progress.module.css';

/** How far something has come. The words say it; the bar repeats them for the eye. */
export function Progress({ part, words }: { part: number; words: string }) {
  return (
    <span className={styles.progress}>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.bar} style={{ inlineSize: `${Math.min(1, Math.max(0, part)) * 100}%` }} />
      </span>
      <span className={styles.words}>{words}</span>
    </span>
  );
}
