import { useState } from 'react';
import type { KeyAction } from '../../../shared/contract/keys';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import button from '../../components/button.module.css';
import { Icon } from '../../components/icon';
import menu from '../../components/menu.module.css';
import { useKey } from '../keys/use-key';

/** A verb that needs a reason: it is done when one is chosen. */
export function ReasonMenu<R extends string>({
  label,
  action,
  reasons,
  pending,
  testId,
  onReason,
}: {
  label: string;
  /** Its key opens the menu. */
  action: KeyAction;
  reasons: readonly { reason: R; words: string }[];
  pending: boolean;
  testId: string;
  onReason: (reason: R) => void;
}) {
  const [open, setOpen] = useState(false);
  useKey(action, () => setOpen(true));
  return (
    <MenuTrigger isOpen={open} onOpenChange={setOpen}>
      <AriaButton className={button.button ?? ''} isPending={pending} data-testid={testId}>
        {label}
        <Icon name="chevron" />
      </AriaButton>
      <Popover className={menu.popover ?? ''} placement="bottom start">
        <Menu
          className={menu.menu ?? ''}
          aria-label={label}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- a menu that was just opened, by its key too, has the keyboard
          autoFocus="first"
          onAction={(key) => {
            const chosen = reasons.find(({ reason }) => reason === key);
            if (chosen !== undefined) onReason(chosen.reason);
          }}
        >
          {reasons.map(({ reason, words }) => (
            <MenuItem
              key={reason}
              id={reason}
              textValue={words}
              className={menu.item ?? ''}
              data-testid={`${testId}-${reason}`}
            >
              {words}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
