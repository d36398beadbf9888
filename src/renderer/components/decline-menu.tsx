import { useTranslation } from 'react-i18next';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { IpcArgs } from '../../shared/contract/ipc';
import { Button } from './button';
import { Icon } from './icon';
import styles from './menu.module.css';

export type DeclineReason = IpcArgs<'call:decline'>['reason'];
const REASONS = ['busy', 'wrong_skill', 'not_mine', 'other'] as const satisfies readonly DeclineReason[];

/** Declining always carries a reason: one press opens the reasons, the next one declines. */
export function DeclineMenu({
  onDecline,
  disabled,
}: {
  onDecline: (reason: DeclineReason) => void;
  disabled: boolean;
}) {
  const { t } = useTranslation();
  return (
    <MenuTrigger>
      <Button isDisabled={disabled} testId="pop-decline">
        {t('action.decline')}
        <Icon name="chevron" />
      </Button>
      <Popover className={styles.popover ?? ''} placement="top start">
        <Menu className={styles.menu ?? ''} aria-label={t('action.decline')}>
          {REASONS.map((reason) => (
            <MenuItem
              key={reason}
              id={reason}
              className={styles.item ?? ''}
              data-testid={`pop-decline-${reason}`}
              onAction={() => onDecline(reason)}
            >
              {t(`decline_reason.${reason}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
