import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../bridge/use-command';
import { Button } from './button';
import { Icon } from './icon';
import styles from './copy-number.module.css';
import { Problem } from './problem';

/** How long "Copied" stands in for the button's words. */
const COPIED_MS = 2000;

/** Copying is main's work: the number never touches the page's clipboard. */
export function CopyNumber({ call, testId }: { call: string; testId?: string }) {
  const { t } = useTranslation();
  const { run, problem } = useCommand('call:copy-number');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <>
      <Button onPress={() => run({ call }, setCopied)} {...(testId === undefined ? {} : { testId })}>
        <Icon name={copied ? 'check' : 'copy'} />
        <span className={styles.words} aria-live="polite">
          {copied ? t('action.copied') : t('action.copy_number')}
        </span>
      </Button>
      <Problem words={problem} />
    </>
  );
}
