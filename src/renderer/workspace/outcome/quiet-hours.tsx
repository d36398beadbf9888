import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerdictView } from '../../../shared/contract/dial-views';
import { useDesk } from '../../bridge/desk';
import { Icon } from '../../components/icon';
import { useFindingWords } from '../dialer/verdict-words';
import styles from './outcome-form.module.css';

/** Time after the last key before it asks, ms. */
const SETTLE_MS = 300;
/** Not asked for what is no full number: the check wants E.164. */
const E164 = /^\+[1-9]\d{5,14}$/;

/** Warns when a call-back is agreed for a time at which the rules forbid the call. It may still be booked. */
export function QuietHours({ phone, at }: { phone: string; at: number }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const words = useFindingWords();
  const [asked, setAsked] = useState<{ at: number; verdict: VerdictView } | null>(null);
  useEffect(() => {
    if (!E164.test(phone)) return;
    let current = true;
    const timer = setTimeout(() => {
      desk.request('dialer:when', { phone, at }).then((verdict) => {
        if (current) setAsked({ at, verdict });
      }, reportError);
    }, SETTLE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [desk, phone, at]);
  const verdict = asked?.at === at ? asked.verdict : undefined;
  const lines = verdict?.state === 'blocked' ? verdict.lines.filter(({ reason }) => TIMED.includes(reason)) : [];
  return (
    <div role="status">
      {lines.length > 0 && (
        <p className={styles.warning} data-testid="quiet-hours">
          <Icon name="alert" />
          {t('callback.quiet', { why: lines.map(words).join(' · ') })}
        </p>
      )}
    </div>
  );
}

/** What another time would mend: the rest is asked about when it is called. */
const TIMED: readonly string[] = ['outside_hours', 'blocked_day', 'holiday'];
