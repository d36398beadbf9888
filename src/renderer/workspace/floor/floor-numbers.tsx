import { useTranslation } from 'react-i18next';
import type { FloorAnswer } from '../../../shared/contract/floor';
import { timer, wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './floor.module.css';

const SECOND_MS = 1_000;

/** The few numbers that say whether anything must be done now. */
export function FloorNumbers({ floor, now }: { floor: FloorAnswer; now: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { waiting, agents, counts, context_lead_ms: lead } = floor;
  const available = agents.filter(({ doing }) => doing === 'available').length;
  const onCalls = agents.filter(({ doing }) => doing === 'call').length;
  const seconds = (ms: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 1, style: 'unit', unit: 'second' }).format(ms / SECOND_MS);
  const longest = waiting[0] === undefined ? null : timer(now - Date.parse(waiting[0].since), locale);
  const numbers = [
    { key: 'waiting', value: wholeNumber(waiting.length, locale), tone: waiting.length > 0 ? 'waiting' : 'calm' },
    { key: 'longest', value: longest ?? '–', tone: longest === null ? 'calm' : 'waiting' },
    { key: 'available', value: wholeNumber(available, locale), tone: available === 0 ? 'waiting' : 'live' },
    { key: 'on_calls', value: wholeNumber(onCalls, locale), tone: 'calm' },
    { key: 'missed', value: wholeNumber(counts.missed, locale), tone: counts.missed > 0 ? 'blocked' : 'calm' },
    { key: 'lead', value: lead === null ? '–' : seconds(lead.p95), tone: 'calm' },
  ] as const;
  return (
    <dl className={styles.numbers}>
      {numbers.map(({ key, value, tone }) => (
        <div key={key} className={styles.number} data-tone={tone} data-testid={`floor-${key}`}>
          <dt>{t(`floor.number.${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
