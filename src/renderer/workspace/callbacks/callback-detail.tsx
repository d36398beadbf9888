import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallbackRow } from '../../../shared/contract/callback-views';
import { NO_SECONDS, useTicking } from '../../bridge/clock';
import { useCommand } from '../../bridge/use-command';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import { PhoneNumber } from '../../components/phone-number';
import { Problem } from '../../components/problem';
import { whenWithTime } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { cityOf, wallWords } from '../dialer/verdict-words';
import { DeferMenu } from './defer-menu';
import { MoveDialog } from './move-dialog';
import styles from './callback-detail.module.css';

/** One promise: when on both clocks, what for, and what can be done about it. */
export function CallbackDetail({ row, onBack }: { row: CallbackRow; onBack: () => void }) {
  const { t } = useTranslation();
  return (
    <article className={styles.detail} data-testid="callback-detail" data-state={row.state}>
      <div className={styles.back}>
        <Button kind="plain" onPress={onBack}>
          <Icon name="back" />
          {t('calls.back')}
        </Button>
      </div>
      <p className={styles.marks}>
        {row.state !== 'waiting' && (
          <Badge tone={row.state === 'overdue' ? 'blocked' : 'waiting'}>{t(`callbacks.${row.state}`)}</Badge>
        )}
        <Badge>{row.owner === 'other' ? <bdi>{row.owner_name}</bdi> : t(`callback.${row.owner}`)}</Badge>
        <Badge>{t(`purpose.${row.purpose}`)}</Badge>
        {row.unsent && <Badge tone="waiting">{t('callbacks.unsent')}</Badge>}
      </p>
      <h2 className={styles.name} dir="auto">
        {row.name ?? t('who.unnamed')}
      </h2>
      {row.phone.raw !== '' && <PhoneNumber phone={row.phone} />}
      <When row={row} />
      {row.released_from !== undefined && (
        <p>{t(`callbacks.released_by.${row.released_why ?? 'given'}`, { name: row.released_from })}</p>
      )}
      {row.held_by !== undefined && <p>{t('callbacks.held', { name: row.held_by })}</p>}
      {row.note !== undefined && (
        <p className={styles.note} dir="auto">
          {row.note}
        </p>
      )}
      {row.unsent ? <p className={styles.soft}>{t('callbacks.unsent_about')}</p> : <Actions row={row} />}
    </article>
  );
}

function When({ row }: { row: CallbackRow }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const here = useTicking((now) => whenWithTime(row.at, now, locale), NO_SECONDS);
  const again = useTicking((now) => whenWithTime(row.remind_at, now, locale), NO_SECONDS);
  const { zone, wall_time: wall } = row;
  return (
    <div>
      <p className={styles.when}>
        {zone !== undefined && wall !== undefined
          ? t('callbacks.both', { there: wallWords(wall, locale, ''), place: cityOf(zone), here })
          : t('callbacks.here', { here })}
      </p>
      {row.deferred > 0 && <p className={styles.soft}>{t('callbacks.deferred_to', { time: again })}</p>}
    </div>
  );
}

function Actions({ row }: { row: CallbackRow }) {
  const { t } = useTranslation();
  const open = useCommand('callbacks:open');
  const done = useCommand('callbacks:done');
  const release = useCommand('callbacks:release');
  const take = useCommand('callbacks:take');
  const [moving, setMoving] = useState(false);
  const { id } = row;
  return (
    <div className={styles.actions}>
      {row.lead === undefined ? (
        <p className={styles.soft}>{t('callbacks.no_lead')}</p>
      ) : (
        <Button kind="primary" testId="callback-open" isPending={open.pending} onPress={() => open.run({ id })}>
          <Icon name="dialer" />
          {t('callbacks.open')}
        </Button>
      )}
      {row.owner === 'mine' && <DeferMenu id={id} />}
      <Button testId="callback-done" isPending={done.pending} onPress={() => done.run({ id, cancelled: false })}>
        <Icon name="check" />
        {t('callbacks.done')}
      </Button>
      <Button onPress={() => setMoving(true)}>{t('callbacks.move')}</Button>
      {row.owner === 'mine' && (
        <Button isPending={release.pending} onPress={() => release.run({ id })}>
          {t('callbacks.release')}
        </Button>
      )}
      {row.owner === 'queue' && (
        <Button testId="callback-take" isPending={take.pending} onPress={() => take.run({ id })}>
          {t('callbacks.take')}
        </Button>
      )}
      <Button kind="plain" onPress={() => done.run({ id, cancelled: true })}>
        {t('callbacks.cancel')}
      </Button>
      <Problem words={open.problem ?? done.problem ?? release.problem ?? take.problem} />
      <MoveDialog row={row} isOpen={moving} onClose={() => setMoving(false)} />
    </div>
  );
}
