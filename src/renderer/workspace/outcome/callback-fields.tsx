import { useTranslation } from 'react-i18next';
import type { OutcomeDraft } from '../../../shared/contract/outcomes';
import type { CallView } from '../../../shared/contract/views';
import { instantsOf, wallTimeOf } from '../../../shared/lib/wall-time';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import { ZoneField } from '../../components/zone-field';
import { useLocale } from '../../i18n/use-locale';
import { Choice } from '../settings/choice';
import { callbackOf } from './outcome-form';
import styles from './outcome-form.module.css';
import { QuietHours } from './quiet-hours';

type Typed = NonNullable<OutcomeDraft['callback']>;

/** Countries of one zone only, where the platforms are at home: elsewhere the zone is asked, not guessed. */
const ZONES: Partial<Record<string, string>> = { IN: 'Asia/Kolkata', TR: 'Europe/Istanbul' };
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const DAY_MS = 24 * 3600_000;

/** What of a call says where and when it may be called again. */
type Called = Pick<CallView, 'phone'> & Partial<Pick<CallView, 'facts'>>;

/** The time that the AI agreed, unless it is over. */
function agreedAt(facts: CallView['facts'] = []): number | undefined {
  const agreed = facts.find((fact) => fact.kind === 'callback');
  return agreed !== undefined && agreed.at > Date.now() ? agreed.at : undefined;
}

/**
 * What the AI agreed, else tomorrow at ten, on the customer's wall: a start, to be changed.
 * @param known their zone, where somebody knows it
 */
export function standardCallback(call: Called, known?: string): Typed {
  const zone = known ?? ZONES[call.phone?.country ?? ''] ?? ownZone();
  const agreed = agreedAt(call.facts);
  const wall = agreed === undefined ? undefined : wallTimeOf(agreed, zone);
  if (wall !== undefined) return { date: wall.slice(0, 10), time: wall.slice(11), zone, owner: 'mine' };
  const tomorrow = wallTimeOf(Date.now() + DAY_MS, zone) ?? '';
  return { date: tomorrow.slice(0, 10), time: '10:00', zone, owner: 'mine' };
}

/** Date and wall time as the customer said them, in the customer's zone; both clocks are shown. */
export function CallbackFields({
  call,
  required,
  owner = true,
  typed,
  onTyped,
}: {
  call: Called;
  required: boolean;
  /** Whose it is may be chosen. */
  owner?: boolean;
  typed: Typed | null;
  onTyped: (typed: Typed | null) => void;
}) {
  const { t } = useTranslation();
  if (typed === null) {
    return (
      <div>
        <Button testId="outcome-callback" onPress={() => onTyped(standardCallback(call))}>
          {t('callback.add')}
        </Button>
      </div>
    );
  }
  return (
    <fieldset className={styles.box}>
      <legend className={field.label}>{t('callback.title')}</legend>
      <div className={styles.fields}>
        <label className={field.field}>
          <span>{t('callback.date')}</span>
          <input
            type="date"
            className={field.input}
            value={typed.date}
            onChange={({ target }) => onTyped({ ...typed, date: target.value })}
          />
        </label>
        <label className={field.field}>
          <span>{t('callback.time')}</span>
          <input
            type="time"
            className={field.input}
            value={typed.time}
            onChange={({ target }) => onTyped({ ...typed, time: target.value })}
          />
        </label>
        <ZoneField label={t('callback.zone')} zone={typed.zone} onZone={(zone) => onTyped({ ...typed, zone })} />
        {owner && (
          <Choice
            label={t('callback.owner')}
            value={typed.owner}
            options={[
              { value: 'mine', label: t('callback.mine') },
              { value: 'queue', label: t('callback.queue') },
            ]}
            onChange={(whose) => onTyped({ ...typed, owner: whose })}
          />
        )}
      </div>
      <BothClocks typed={typed} phone={call.phone?.raw} />
      {!required && (
        <div>
          <Button kind="plain" onPress={() => onTyped(null)}>
            {t('callback.remove')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function BothClocks({ typed, phone }: { typed: Typed; phone: string | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const when = instantsOf(`${typed.date}T${typed.time}`, typed.zone);
  const callback = callbackOf(typed);
  if (callback === null) {
    const why = when.kind === 'gap' || when.kind === 'unknown_zone' ? when.kind : 'not_a_time';
    return <p className={styles.wrong}>{t(`callback.${why}`)}</p>;
  }
  const shown = (timeZone: string) =>
    new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    }).format(new Date(callback.at));
  return (
    <>
      <p className={styles.both}>
        {t('callback.both', { there: shown(typed.zone), here: shown(ownZone()) })}
        {when.kind === 'twice' && <> {t('callback.twice')}</>}
      </p>
      {phone !== undefined && <QuietHours phone={phone} at={Date.parse(callback.at)} />}
    </>
  );
}
