import { useTranslation } from 'react-i18next';
import field from '../../components/field.module.css';
import { ZoneField } from '../../components/zone-field';
import styles from '../outcome/outcome-form.module.css';
import { BothClocks } from './both-clocks';
import { readTime, type TypedCampaign, type TypedTime } from './typed-campaign';

type Typed = Pick<TypedCampaign, 'start' | 'end' | 'zone'>;
const ENDS = ['start', 'end'] as const;

/** From when to when, on the wall of one zone; both clocks are shown where this desk's shows another time. */
export function ScheduleFields({
  typed,
  endWrong,
  onTyped,
}: {
  typed: Typed;
  endWrong: boolean;
  onTyped: (typed: Partial<Typed>) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.box}>
      <legend className={field.label}>{t('campaign_new.schedule')}</legend>
      <ZoneField
        label={t('campaign_new.zone')}
        zone={typed.zone}
        testId="campaign-zone"
        onZone={(zone) => onTyped({ zone })}
      />
      {ENDS.map((end) => (
        <div key={end} className={styles.fields}>
          <TimeFields
            which={end}
            typed={typed[end]}
            onTyped={(time) => onTyped(end === 'start' ? { start: time } : { end: time })}
          />
        </div>
      ))}
      {ENDS.map((end) => (
        <Said key={end} which={end} typed={typed[end]} zone={typed.zone} />
      ))}
      {endWrong && <p className={styles.wrong}>{t('campaign_new.end_first')}</p>}
    </fieldset>
  );
}

function TimeFields({
  which,
  typed,
  onTyped,
}: {
  which: (typeof ENDS)[number];
  typed: TypedTime;
  onTyped: (typed: TypedTime) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <label className={field.field}>
        <span>{t(`campaign_new.${which}_date`)}</span>
        <input
          type="date"
          className={field.input}
          value={typed.date}
          data-testid={`campaign-${which}-date`}
          onChange={({ target }) => onTyped({ ...typed, date: target.value })}
        />
      </label>
      <label className={field.field}>
        <span>{t(`campaign_new.${which}_time`)}</span>
        <input
          type="time"
          className={field.input}
          value={typed.time}
          data-testid={`campaign-${which}-time`}
          onChange={({ target }) => onTyped({ ...typed, time: target.value })}
        />
      </label>
    </>
  );
}

/** What was typed, as it is understood. */
function Said({ which, typed, zone }: { which: (typeof ENDS)[number]; typed: TypedTime; zone: string }) {
  const { t } = useTranslation();
  const read = readTime(typed, zone);
  if (read.kind === 'unsaid') return <p className={styles.hint}>{t(`campaign_new.${which}_unsaid`)}</p>;
  if (read.kind !== 'said') return <p className={styles.wrong}>{t(`callback.${read.kind}`)}</p>;
  return (
    <p className={styles.both}>
      {t(`campaign_new.${which}`)}: <BothClocks at={read.at} zone={zone} />
      {read.twice && <> {t('callback.twice')}</>}
    </p>
  );
}
