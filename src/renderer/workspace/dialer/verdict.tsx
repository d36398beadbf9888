import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeLine, VerdictLine, VerdictView } from '../../../shared/contract/dial-views';
import { wallTimeOf } from '../../../shared/lib/wall-time';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { useRelayReasonWords } from '../../bridge/reason-words';
import { Icon } from '../../components/icon';
import { dateOf, wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './verdict.module.css';
import { cityOf, hostOf, useFindingWords, useNoticeWords, wallWords } from './verdict-words';

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** May this number be called now, which rule says so, and when else: in the customer's time and the agent's. */
export function Verdict({ verdict }: { verdict: VerdictView }) {
  const { t } = useTranslation();
  const reasonWords = useRelayReasonWords();
  const findingWords = useFindingWords();
  const clocks = useClocks(verdict);
  switch (verdict.state) {
    case 'asking':
      return <Line tone="asking" icon="hourglass" head={t('verdict.asking')} />;
    case 'unknown':
      return (
        <Line tone="blocked" icon="alert" head={t('verdict.unknown')}>
          <p>{reasonWords(verdict.reason)}</p>
        </Line>
      );
    case 'local':
      return (
        <Line tone="blocked" icon="blocked" head={t('verdict.local')}>
          <p>{t('verdict.local_about')}</p>
        </Line>
      );
    case 'allowed':
      return (
        <Line tone="allowed" icon="check" head={t('verdict.allowed', { clocks })}>
          <p>{verdict.lines.map(findingWords).join(' · ')}</p>
          {verdict.overdue && <p className={styles.old}>{t('verdict.overdue')}</p>}
          <Notices notices={verdict.notices} />
          <Rules lines={verdict.lines} />
        </Line>
      );
    case 'blocked':
      return (
        <Line tone="blocked" icon="blocked" head={t('verdict.blocked', { clocks })}>
          <ul className={styles.why}>
            {verdict.lines.map((line) => (
              <li key={`${line.rule} ${line.reason} ${line.list ?? ''}`}>{findingWords(line)}</li>
            ))}
          </ul>
          <Next verdict={verdict} />
          {verdict.overdue && <p className={styles.old}>{t('verdict.overdue')}</p>}
          <Notices notices={verdict.notices} />
          <Rules lines={verdict.lines} />
        </Line>
      );
  }
}

function Line({
  tone,
  icon,
  head,
  children,
}: {
  tone: 'asking' | 'allowed' | 'blocked';
  icon: 'hourglass' | 'alert' | 'blocked' | 'check';
  head: string;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <section className={styles.verdict} data-tone={tone} aria-label={t('verdict.title')} data-testid="verdict">
      {/* Read when it changes: a window may close while the lead is open. */}
      <p className={styles.head} role="status">
        <Icon name={icon} />
        <strong>{head}</strong>
      </p>
      {children}
      <p className={styles.advice}>{t('verdict.advice')}</p>
    </section>
  );
}

/** Every clock the customer may live by, kept going: "14:05 in Kolkata". */
function useClocks(verdict: VerdictView): string {
  const { t } = useTranslation();
  const locale = useLocale();
  const zones = 'clocks' in verdict ? verdict.clocks.map(({ zone }) => zone) : [];
  return useTicking((now) => {
    const today = wallTimeOf(now, ownZone())?.slice(0, 10) ?? '';
    const said = zones.map((zone) => {
      const wall = wallTimeOf(now, zone);
      return wall === undefined
        ? cityOf(zone)
        : t('verdict.clock', { time: wallWords(wall, locale, today), place: cityOf(zone) });
    });
    // Two zones of one time are one clock to the agent; more than three help nobody.
    const shown = said.slice(0, 3);
    return said.length > shown.length ? `${shown.join(', ')} …` : shown.join(', ');
  }, NO_SECONDS);
}

/** When it will be lawful: there, and here. */
function Next({ verdict }: { verdict: Extract<VerdictView, { state: 'allowed' | 'blocked' }> }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { next } = verdict;
  const today = useTicking((now) => wallTimeOf(now, ownZone())?.slice(0, 10) ?? '', NO_SECONDS);
  if (verdict.temporary) return <p className={styles.next}>{t('verdict.next_soon')}</p>;
  if (next === undefined) return <p>{t('verdict.next_never')}</p>;
  const clock = next.clocks[0];
  const here = wallWords(wallTimeOf(next.at, ownZone()) ?? '', locale, today);
  if (clock === undefined) return <p className={styles.next}>{t('verdict.next_here', { here })}</p>;
  return (
    <p className={styles.next} data-testid="verdict-next">
      {t('verdict.next', { there: wallWords(clock.wall, locale, today), place: cityOf(clock.zone), here })}
    </p>
  );
}

/** What the rules ask to be said, shown or kept, whatever else they say. */
function Notices({ notices }: { notices: readonly NoticeLine[] }) {
  const { t } = useTranslation();
  const words = useNoticeWords();
  if (notices.length === 0) return null;
  return (
    <details className={styles.rules} data-testid="verdict-notices">
      <summary>{t('verdict.notices', { count: notices.length })}</summary>
      <ul>
        {notices.map((notice) => (
          <li key={notice.rule}>
            {words(notice)} <code>{notice.rule}</code> ·{' '}
            <span title={notice.source.url}>{hostOf(notice.source.url)}</span> (
            {t(`verdict.basis_${notice.source.basis}`)})
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The rules behind it: their names, whose word they are, how old the data is. */
function Rules({ lines }: { lines: readonly VerdictLine[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (lines.length === 0) return null;
  return (
    <details className={styles.rules}>
      <summary>{t('verdict.rules', { count: lines.length })}</summary>
      <ul>
        {lines.map((line) => (
          <li key={`${line.rule} ${line.reason} ${line.list ?? ''}`}>
            <code>{line.rule}</code> {line.version} · <span title={line.source.url}>{hostOf(line.source.url)}</span> (
            {t(`verdict.basis_${line.source.basis}`)}) · {t('verdict.checked', { date: dateOf(line.checked, locale) })}
            {line.data_age_days !== undefined &&
              ` · ${t('verdict.data_age', { n: wholeNumber(Math.floor(line.data_age_days), locale) })}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
