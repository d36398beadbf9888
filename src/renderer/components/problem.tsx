import styles from './problem.module.css';

/** Why the last command did not go through. The place is there before the words, so that they are announced. */
export function Problem({ words }: { words: string | null }) {
  return (
    <p role="alert" className={styles.problem} hidden={words === null}>
      {words}
    </p>
  );
}
