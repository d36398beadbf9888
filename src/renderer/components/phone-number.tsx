import { useTranslation } from 'react-i18next';
import type { PhoneView } from '../../shared/contract/views';
import { countryName } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import styles from './phone-number.module.css';

/** National format and country; the number as it came when it could not be read as one. */
export function PhoneNumber({ phone, testId }: { phone: PhoneView; testId?: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <span className={styles.phone} title={phone.international ?? phone.raw} data-testid={testId}>
      <span className="visually-hidden">{t('who.number')}: </span>
      <bdi className={styles.digits}>{phone.national ?? phone.raw}</bdi>
      {phone.country !== undefined && <span className={styles.country}> {countryName(phone.country, locale)}</span>}
    </span>
  );
}
