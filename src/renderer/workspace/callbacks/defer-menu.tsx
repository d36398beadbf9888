import { useTranslation } from 'react-i18next';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import menu from '../../components/menu.module.css';
import { Problem } from '../../components/problem';

const MINUTES = [5, 15, 60] as const;

/** Reminds again later; what was promised to the customer stays as it is. */
export function DeferMenu({ id }: { id: string }) {
  const { t } = useTranslation();
  const { run, pending, problem } = useCommand('callbacks:defer');
  return (
    <>
      <MenuTrigger>
        <Button testId="callback-defer" isPending={pending}>
          {t('callbacks.defer')}
          <Icon name="chevron" />
        </Button>
        <Popover className={menu.popover ?? ''} placement="bottom start">
          <Menu className={menu.menu ?? ''} aria-label={t('callbacks.defer')}>
            {MINUTES.map((minutes) => (
              <MenuItem
                key={minutes}
                id={minutes}
                className={menu.item ?? ''}
                data-testid={`callback-defer-${minutes}`}
                onAction={() => run({ id, minutes })}
              >
                {t('settings.minutes', { count: minutes })}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <Problem words={problem} />
    </>
  );
}
