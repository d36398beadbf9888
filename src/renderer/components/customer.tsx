/** Who is calling: name, number, language, campaign, and what is known from before. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../shared/contract/views';
import { languageName } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import { Badge } from './badge';
import styles from './customer.module.css';
import { HistoryLine } from './history-line';
import { Masked } from './masked';
import { PhoneNumber } from './phone-number';

export function Customer({
  call,
  privacy,
  compact = false,
  children,
}: {
  call: Pick<CallView, 'name' | 'phone' | 'language' | 'campaign' | 'history'>;
  privacy: boolean;
  /** Name and number on one line, where there is width and no height to give away. */
  compact?: boolean;
  /** Marks beside language and campaign. */
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const name = call.name?.trim();
  const unnamed = name === undefined || name === '';
  return (
    <section className={styles.customer} data-compact={compact || undefined}>
      <div className={styles.who}>
        <h2>
          <Masked inline on={privacy && !unnamed} label={t('who.masked_name')}>
            <span
              className={styles.name}
              dir="auto"
              title={name}
              data-unnamed={unnamed || undefined}
              data-testid="pop-name"
            >
              {unnamed ? t('who.unnamed') : name}
            </span>
          </Masked>
        </h2>
        <Masked on={privacy && call.phone !== undefined} label={t('who.masked_number')}>
          <p>
            {call.phone === undefined ? (
              <span className={styles.soft} data-testid="pop-phone">
                {t('who.no_number')}
              </span>
            ) : (
              <PhoneNumber phone={call.phone} testId="pop-phone" />
            )}
          </p>
        </Masked>
      </div>
      <p className={styles.marks}>
        {call.history.state === 'ready' && call.history.dnc === true && (
          <Badge tone="blocked" icon="blocked" why={t('mark.dnc_why')}>
            {t('mark.dnc')}
          </Badge>
        )}
        {call.language !== undefined && (
          <Badge>
            <span className="visually-hidden">{t('who.language')}: </span>
            {languageName(call.language, locale)}
          </Badge>
        )}
        {call.campaign !== undefined && (
          <Badge>
            <span className="visually-hidden">{t('who.campaign')}: </span>
            <bdi title={call.campaign}>{call.campaign}</bdi>
          </Badge>
        )}
        {children}
      </p>
      <HistoryLine history={call.history} />
    </section>
  );
}
