import { useTranslation } from 'react-i18next';
import type { PopView } from '../../shared/contract/views';
import { useTicking } from '../bridge/clock';
import { useCommand } from '../bridge/use-command';
import { agoWords } from '../components/escalated-clock';
import { AGO_CALM_MS, timeOfDay } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import styles from './waiting-strip.module.css';

/** "2 more waiting", each one press away. */
export function WaitingStrip({ waiting, privacy }: { waiting: PopView['waiting']; privacy: boolean }) {
  const { t } = useTranslation();
  const { run } = useCommand('pop:select');
  if (waiting.length === 0) return null;
  return (
    <section className={styles.strip} aria-label={t('waiting.more', { count: waiting.length })}>
      <p className={styles.count}>{t('waiting.more', { count: waiting.length })}</p>
      <ul className={styles.list}>
        {waiting.map(({ call, name, trigger, escalated_at: at }) => {
          const shown = privacy ? t(`trigger.${trigger}`) : (name ?? t('who.unnamed'));
          return (
            <li key={call}>
              <button
                type="button"
                className={styles.call}
                aria-label={t('waiting.show', { name: shown, trigger: t(`trigger.${trigger}`) })}
                title={shown}
                onClick={() => run({ call })}
              >
                <bdi className={styles.name}>{shown}</bdi>
                <WaitedFor at={at} />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function WaitedFor({ at }: { at: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useTicking((now) => agoWords(at, now, t, locale) ?? timeOfDay(at, locale), at + AGO_CALM_MS);
  return <span className={styles.ago}>{words}</span>;
}
