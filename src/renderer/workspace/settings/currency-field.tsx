import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../components/problem';
import { WordField } from './outcomes/word-field';

/** The currency of amounts by its three letters (ISO 4217); kept only when it is one. */
export function CurrencyField({ currency, onCurrency }: { currency: string; onCurrency: (currency: string) => void }) {
  const { t } = useTranslation();
  const [isWrong, setWrong] = useState(false);
  const keep = (word: string) => {
    const code = word.toUpperCase();
    const known = Intl.supportedValuesOf('currency').includes(code);
    setWrong(!known);
    if (known) onCurrency(code);
  };
  return (
    <div>
      <WordField
        key={currency}
        label={t('settings.currency')}
        word={currency}
        maxLength={3}
        testId="currency"
        onWord={keep}
      />
      <Problem words={isWrong ? t('settings.currency_wrong') : null} />
    </div>
  );
}
