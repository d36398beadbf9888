import { useTranslation } from 'react-i18next';
import type { WrapUpView } from '../../../shared/contract/outcomes';
import { useTicking } from '../../bridge/clock';
import { useOutcomes } from '../../bridge/outcomes';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import { Problem } from '../../components/problem';
import { timer, wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import styles from './wrap-up-bar.module.css';

/** The time of wrap-up, more of it while there is some, and the way out; nothing typed is lost when it runs out. */
export function WrapUpBar({ wrapUp }: { wrapUp: WrapUpView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const extend = useCommand('wrap-up:extend');
  const leave = useCommand('wrap-up:leave');
  const next = useOutcomes()?.next_state;
  const { call, ends_at: endsAt, entered_at: enteredAt } = wrapUp;
  const time = useTicking((now) => {
    if (endsAt === undefined) return t('wrap_up.since', { time: timer(now - enteredAt, locale) });
    return now < endsAt ? t('wrap_up.left', { time: timer(endsAt - now, locale) }) : t('wrap_up.over');
  });
  const held = wrapUp.required && !wrapUp.done;
  return (
    <div className={styles.bar} data-testid="wrap-up">
      <p className={styles.time}>{time}</p>
      {endsAt !== undefined && wrapUp.extensions_left > 0 && (
        <Button isPending={extend.pending} onPress={() => extend.run({ call })}>
          {t('wrap_up.extend', { n: wholeNumber(wrapUp.extensions_left, locale) })}
        </Button>
      )}
      <span className={styles.space} />
      {held ? (
        <p className={styles.held}>
          {next === undefined ? t('wrap_up.held') : t('wrap_up.held_for', { state: t(`agent.${next}`) })}
        </p>
      ) : (
        <Button testId="wrap-up-leave" isPending={leave.pending} onPress={() => leave.run({ call })}>
          {next === undefined ? t('wrap_up.leave') : t('wrap_up.leave_for', { state: t(`agent.${next}`) })}
        </Button>
      )}
      <Problem words={extend.problem ?? leave.problem} />
    </div>
  );
}
