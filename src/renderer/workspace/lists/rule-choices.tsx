import { useTranslation } from 'react-i18next';
import { countryName } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { Choice } from '../settings/choice';

const PURPOSES = ['sales', 'service', 'collection', 'survey'] as const;
/** Countries that there are rules for (docs/dialling.md); numbers with a country code need none. */
const COUNTRIES = ['none', 'IN', 'US', 'GB', 'CA', 'AU', 'TR', 'DE', 'FR', 'ES', 'IT', 'NL', 'IE', 'PL'] as const;
export type Purpose = (typeof PURPOSES)[number];
export type Country = (typeof COUNTRIES)[number];

/** What the calls are about: decides which rules apply. */
export function PurposeChoice({ value, onChange }: { value: Purpose; onChange: (purpose: Purpose) => void }) {
  const { t } = useTranslation();
  return (
    <Choice
      label={t('import.purpose')}
      value={value}
      options={PURPOSES.map((one) => ({ value: one, label: t(`purpose.${one}`) }))}
      onChange={onChange}
    />
  );
}

/** Country of the numbers of a file that do not say it themselves. */
export function CountryChoice({ value, onChange }: { value: Country; onChange: (country: Country) => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <Choice
      label={t('import.country')}
      value={value}
      options={COUNTRIES.map((one) => ({
        value: one,
        label: one === 'none' ? t('import.country_none') : countryName(one, locale),
      }))}
      onChange={onChange}
    />
  );
}
