import { useTranslation } from 'react-i18next';
import type { CallbackRow } from '../../../shared/contract/callback-views';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { usePageView } from '../../bridge/page-views';
import { useCommand } from '../../bridge/use-command';
import { Banner } from '../../components/banner';
import { Button } from '../../components/button';
import { Problem } from '../../components/problem';
import { whenWithTime } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { DeferMenu } from './defer-menu';

/** A promise that is due, across every page, until it is done or deferred. The one that has waited longest comes first. */
export function ReminderBar({ onShow }: { onShow: () => void }) {
  const { t } = useTranslation();
  const view = usePageView('callbacks');
  const first = view?.rows.find(({ id }) => id === view.reminders[0]);
  const others = (view?.reminders.length ?? 0) - 1;
  return (
    // There from the start, so that what appears in it is announced.
    <section role="alert" aria-label={t('callbacks.reminder')}>
      {first !== undefined && <Reminder row={first} others={others} onShow={onShow} />}
    </section>
  );
}

function Reminder({ row, others, onShow }: { row: CallbackRow; others: number; onShow: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const open = useCommand('callbacks:open');
  const done = useCommand('callbacks:done');
  const time = useTicking((now) => whenWithTime(row.at, now, locale), NO_SECONDS);
  const name = row.name ?? row.phone.national ?? row.phone.raw;
  const { id } = row;
  return (
    <Banner
      tone={row.state === 'overdue' ? 'blocked' : 'waiting'}
      icon="clock"
      testId="callback-reminder"
      action={
        <>
          {row.lead !== undefined && (
            <Button testId="reminder-open" isPending={open.pending} onPress={() => open.run({ id })}>
              {t('callbacks.open')}
            </Button>
          )}
          {!row.unsent && <DeferMenu id={id} />}
          {!row.unsent && (
            <Button testId="reminder-done" isPending={done.pending} onPress={() => done.run({ id, cancelled: false })}>
              {t('callbacks.done')}
            </Button>
          )}
          {others > 0 && (
            <Button kind="plain" onPress={onShow}>
              {t('callbacks.others', { count: others })}
            </Button>
          )}
        </>
      }
    >
      <strong>{row.state === 'overdue' ? t('callbacks.is_overdue', { name }) : t('callbacks.is_due', { name })}</strong>{' '}
      {t('callbacks.promised_for', { time })}
      <Problem words={open.problem ?? done.problem} />
    </Banner>
  );
}
