import { Button as AriaButton } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';
import field from '../../components/field.module.css';
import { Icon } from '../../components/icon';
import menu from '../../components/menu.module.css';
import styles from './choice.module.css';

/** One of a few values. */
export function Choice<V extends string>({
  label,
  value,
  options,
  onChange,
  hasKeyboard = false,
  testId,
}: {
  label: string;
  value: V;
  options: readonly { value: V; label: string }[];
  onChange: (value: V) => void;
  /** It gets the keyboard when it is made. */
  hasKeyboard?: boolean;
  testId?: string;
}) {
  return (
    <Select
      className={field.field ?? ''}
      // eslint-disable-next-line jsx-a11y/no-autofocus -- given back to a control that the person just used and that was made anew
      autoFocus={hasKeyboard}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      <Label className={field.label ?? ''}>{label}</Label>
      <AriaButton className={styles.button ?? ''} data-testid={testId}>
        <SelectValue className={styles.value ?? ''} />
        <Icon name="chevron" />
      </AriaButton>
      <Popover className={menu.popover ?? ''} placement="bottom start">
        <ListBox className={menu.menu ?? ''}>
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} textValue={option.label} className={menu.item ?? ''}>
              {option.label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
