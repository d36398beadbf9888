import { useTranslation } from 'react-i18next';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField } from 'react-aria-components/TextField';
import field from '../../components/field.module.css';
import { money } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './outcome-form.module.css';
import { exampleAmount, understandAmount } from './typed-amount';

/** Characters of a typed amount that main keeps (`OUTCOME_LIMITS.maxAmount`). */
const MAX_AMOUNT = 40;

/** How much was agreed, typed as people write it; what was understood is shown before it is saved. */
export function AmountField({
  typed,
  currency,
  onTyped,
}: {
  typed: string;
  currency: string;
  onTyped: (typed: string) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const read = typed.trim() === '' ? undefined : understandAmount(typed, { locale, currency });
  return (
    <TextField
      className={field.field ?? ''}
      value={typed}
      onChange={onTyped}
      maxLength={MAX_AMOUNT}
      isRequired
      isInvalid={read?.ok === false}
      validationBehavior="aria"
    >
      <Label className={field.label ?? ''}>{t('amount.label')}</Label>
      <div className={styles.amount}>
        <Input className={field.input ?? ''} inputMode="decimal" autoComplete="off" data-testid="outcome-amount" />
        <span>{currency}</span>
      </div>
      <Text
        slot="description"
        className={read?.ok === false ? (styles.wrong ?? '') : (styles.both ?? '')}
        data-testid="amount-read"
      >
        {read === undefined && t('amount.example', { example: exampleAmount({ locale, currency }) })}
        {read?.ok === true && t('amount.understood', { amount: money({ value: read.value, currency }, locale) })}
        {read?.ok === false && t(`amount.wrong.${read.why}`, { example: exampleAmount({ locale, currency }) })}
      </Text>
    </TextField>
  );
}
