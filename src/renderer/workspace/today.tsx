import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Today } from '../../shared/contract/history';
import { useDesk } from '../bridge/desk';
import { useOutcomes } from '../bridge/outcomes';
import { timer, wholeNumber } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import styles from './today.module.css';

/** How often the numbers are read anew, ms; they also are after every outcome. */
const REFRESH_MS = 30_000;

/** The agent's own day: calls, dials, talk, wrap-up, and how often the summary was read first. */
export function TodayNumbers() {
  const { t } = useTranslation();
  const locale = useLocale();
  const today = useToday();
  if (today === null || (today.calls === 0 && today.dials === 0)) return null;
  const words = [
    t('today.calls', { count: today.calls }),
    ...(today.dials === 0 ? [] : [t('today.dials', { count: today.dials })]),
    t('today.talk', { time: timer(today.talk_s * 1000, locale) }),
    t('today.wrap_up', { time: timer(today.wrap_up_s * 1000, locale) }),
    t('today.seen', { n: wholeNumber(today.seen_first, locale), all: wholeNumber(today.calls, locale) }),
  ];
  return (
    <p className={styles.today} title={words.join('\n')} data-testid="today">
      {words.map((one) => (
        <span key={one}>{one}</span>
      ))}
    </p>
  );
}

function useToday(): Today | null {
  const desk = useDesk();
  const outcomes = useOutcomes();
  const [today, setToday] = useState<Today | null>(null);
  useEffect(() => {
    let current = true;
    const read = () => {
      desk.request('history:today', {}).then((next) => {
        if (current) setToday(next);
      }, reportError);
    };
    read();
    const timer = setInterval(read, REFRESH_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [desk, outcomes]);
  return today;
}
