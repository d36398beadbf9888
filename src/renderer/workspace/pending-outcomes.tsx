import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { CallId } from '../../shared/contract/events';
import type { OutcomeEntry } from '../../shared/contract/outcomes';
import type { CallRow } from '../../shared/contract/views';
import { NO_SECONDS, useTicking } from '../bridge/clock';
import { useDesk } from '../bridge/desk';
import { useOutcomes } from '../bridge/outcomes';
import { Badge } from '../components/badge';
import { useDispositionWords } from '../components/disposition';
import menu from '../components/menu.module.css';
import { whenShort } from '../i18n/format';
import { useLocale } from '../i18n/use-locale';
import styles from './pending-outcomes.module.css';

/** Most calls offered at once; the rest comes up as these are dealt with. */
const MOST = 50;

/** One per call, the newest, those that a person must look at first. */
function byUrgency(entries: readonly OutcomeEntry[]): OutcomeEntry[] {
  const refused = (entry: OutcomeEntry) => Number(entry.state === 'refused');
  const newest = entries.filter((entry, at) => entries.findIndex(({ call }) => call === entry.call) === at);
  return newest.toSorted((a, b) => refused(b) - refused(a));
}

/** Outcomes that have not reached the relay: always in sight while there are any, and the way to their calls. */
export function PendingOutcomes({
  rows,
  onOpen,
}: {
  rows: readonly CallRow[];
  /** Shows the call with its outcome. */
  onOpen: (call: CallId) => void;
}) {
  const { t } = useTranslation();
  const desk = useDesk();
  const outcomes = useOutcomes();
  const [offered, setOffered] = useState<OutcomeEntry[] | null>(null);
  const { waiting = 0, refused = 0, others = 0 } = outcomes ?? {};
  const look = () => {
    const states: OutcomeEntry['state'][] = ['refused', 'waiting', 'saved', 'sending'];
    desk.request('outcome:list', { states, limit: MOST }).then(({ entries }) => {
      const found = byUrgency(entries);
      const [first, ...others] = found;
      if (first !== undefined && others.length === 0) onOpen(first.call);
      else if (first !== undefined) setOffered(found);
    }, reportError);
  };
  return (
    <span role="status" data-testid="pending-outcomes">
      {others > 0 && <Badge why={t('pending.others_why')}>{t('pending.others', { count: others })}</Badge>}
      {waiting + refused > 0 && (
        <MenuTrigger isOpen={offered !== null} onOpenChange={(open) => (open ? look() : setOffered(null))}>
          <AriaButton className={styles.button ?? ''} data-testid="pending-open">
            {waiting > 0 && (
              <Badge tone="waiting" icon="hourglass">
                {t('pending.waiting', { count: waiting })}
              </Badge>
            )}
            {refused > 0 && (
              <Badge tone="blocked" icon="alert">
                {t('pending.refused', { count: refused })}
              </Badge>
            )}
          </AriaButton>
          <Popover className={menu.popover ?? ''} placement="bottom end">
            <Menu className={menu.menu ?? ''} aria-label={t('pending.list')}>
              {(offered ?? []).map((entry) => (
                <MenuItem
                  key={entry.call}
                  id={entry.call}
                  textValue={entry.call}
                  className={menu.item ?? ''}
                  data-testid="pending-call"
                  onAction={() => onOpen(entry.call)}
                >
                  <Pending entry={entry} row={rows.find(({ call }) => call === entry.call)} />
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
    </span>
  );
}

function Pending({ entry, row }: { entry: OutcomeEntry; row: CallRow | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const dispositionWords = useDispositionWords();
  const when = useTicking((now) => whenShort(entry.decided_at, now, locale), NO_SECONDS);
  const refused = entry.state === 'refused';
  const name = row?.name ?? row?.phone?.national ?? row?.phone?.raw;
  return (
    <>
      <span className={styles.what}>
        {name !== undefined && (
          <>
            <strong dir="auto">{name}</strong>
            {' · '}
          </>
        )}
        {dispositionWords(entry.decision.path.at(-1) ?? '')}
        {' · '}
        {when}
      </span>
      <Badge tone={refused ? 'blocked' : 'waiting'} icon={refused ? 'alert' : 'hourglass'}>
        {t(refused ? 'pending.row_refused' : 'pending.row_waiting')}
      </Badge>
    </>
  );
}
