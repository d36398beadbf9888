import { useTranslation } from 'react-i18next';
import type { LeadNumber, LeadView } from '../../../shared/contract/dialer-views';
import { wallTimeOf } from '../../../shared/lib/wall-time';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { useCommand } from '../../bridge/use-command';
import { Badge } from '../../components/badge';
import { PhoneNumber } from '../../components/phone-number';
import { Problem } from '../../components/problem';
import { whenShort } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './lead-numbers.module.css';
import { cityOf, wallWords } from './verdict-words';

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every known number: the time there, how often it was called, whether it may be called now. One is chosen. */
export function LeadNumbers({ lead }: { lead: LeadView }) {
  const { t } = useTranslation();
  const choose = useCommand('dialer:number');
  return (
    <fieldset className={styles.numbers}>
      <legend className={styles.legend}>{t('dialer.numbers')}</legend>
      {lead.numbers.map((number) => (
        <label key={number.e164} className={styles.number} data-chosen={number.e164 === lead.chosen || undefined}>
          <input
            type="radio"
            name={`number-${lead.id}`}
            checked={number.e164 === lead.chosen}
            data-testid={`lead-number-${number.e164}`}
            onChange={() => choose.run({ phone: number.e164 })}
          />
          <NumberLine number={number} zone={lead.zone} />
        </label>
      ))}
      <Problem words={choose.problem} />
    </fieldset>
  );
}

function NumberLine({ number, zone }: { number: LeadNumber; zone: string | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { verdict, last_at: lastAt } = number;
  const zones = 'clocks' in verdict ? verdict.clocks.map((clock) => clock.zone) : zone === undefined ? [] : [zone];
  const first = zones[0];
  const time = useTicking((now) => {
    if (first === undefined) return '';
    const wall = wallTimeOf(now, first);
    const today = wallTimeOf(now, ownZone())?.slice(0, 10) ?? '';
    return wall === undefined ? '' : t('verdict.clock', { time: wallWords(wall, locale, today), place: cityOf(first) });
  }, NO_SECONDS);
  const last = useTicking((now) => (lastAt === undefined ? '' : whenShort(lastAt, now, locale)), NO_SECONDS);
  return (
    <span className={styles.line}>
      <span className={styles.phone}>
        <PhoneNumber phone={number.phone} />
        {number.label !== undefined && <bdi className={styles.soft}>{number.label}</bdi>}
      </span>
      <span className={styles.soft}>
        {first === undefined ? t('dialer.zone_unknown') : time}
        {' · '}
        {number.attempts === 0
          ? t('dialer.never_called')
          : `${t('dialer.attempts', { count: number.attempts })}, ${t('history.last_plain', { date: last })}`}
      </span>
      <VerdictMark verdict={verdict} />
    </span>
  );
}

function VerdictMark({ verdict }: Pick<LeadNumber, 'verdict'>) {
  const { t } = useTranslation();
  if (verdict.state === 'asking') return <Badge icon="hourglass">{t('verdict.asking')}</Badge>;
  return verdict.state === 'allowed' ? (
    <Badge tone="live" icon="check">
      {t('verdict.short_allowed')}
    </Badge>
  ) : (
    <Badge tone="blocked" icon="blocked">
      {t('verdict.short_blocked')}
    </Badge>
  );
}
