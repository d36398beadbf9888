import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import styles from './button.module.css';
import { Icon, type IconName } from './icon';

interface Common extends Pick<
  AriaButtonProps,
  'onPress' | 'isDisabled' | 'isPending' | 'type' | 'aria-describedby' | 'aria-expanded'
> {
  testId?: string;
}
interface ButtonProps extends Common {
  kind?: 'primary' | 'quiet' | 'plain';
  wide?: boolean;
  children: ReactNode;
}

/** `primary` once per view; `quiet` beside it; `plain` inside text and lists. */
export function Button({ kind = 'quiet', wide = false, testId, children, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      className={styles.button ?? ''}
      data-kind={kind}
      data-wide={wide || undefined}
      data-testid={testId}
    >
      {children}
    </AriaButton>
  );
}

interface IconButtonProps extends Common {
  icon: IconName;
  /** Its accessible name and its tooltip. */
  label: string;
}

export function IconButton({ icon, label, testId, ...rest }: IconButtonProps) {
  return (
    <span title={label} className={styles.tip}>
      <AriaButton {...rest} className={styles.icon ?? ''} aria-label={label} data-testid={testId}>
        <Icon name={icon} />
      </AriaButton>
    </span>
  );
}
