import { useTranslation } from 'react-i18next';
import type { CampaignsView } from '../../../shared/contract/campaign-views';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import detail from '../../components/detail.module.css';
import field from '../../components/field.module.css';
import { Problem } from '../../components/problem';
import panel from '../lists/import-panel.module.css';
import { CountryChoice, PurposeChoice } from '../lists/rule-choices';
import fields from '../outcome/outcome-form.module.css';
import { Choice } from '../settings/choice';
import { ScheduleFields } from './schedule-fields';
import { faultsOf, formOf, type TypedCampaign } from './typed-campaign';

const ATTEMPTS = ['1', '2', '3', '4', '5'] as const;
const MAX_SCRIPT = 200;

/** What the campaign is, before its contacts: then a file is chosen in the system's own dialog, and checked. */
export function CampaignFields({
  makers,
  typed,
  onTyped,
}: {
  makers: CampaignsView['makers'];
  typed: TypedCampaign;
  onTyped: (typed: TypedCampaign) => void;
}) {
  const { t } = useTranslation();
  const check = useCommand('campaigns:contacts');
  const change = (part: Partial<TypedCampaign>) => onTyped({ ...typed, ...part });
  const [form, faults] = [formOf(typed), faultsOf(typed)];
  const maxName = makers.find(({ platform }) => platform === typed.platform)?.max_name_chars;
  return (
    <div className={panel.form}>
      <p className={field.about}>{t('campaign_new.about')}</p>
      <Choice
        label={t('campaign_new.platform')}
        value={typed.platform}
        options={makers.map(({ platform, label }) => ({ value: platform, label }))}
        onChange={(platform) => change({ platform })}
      />
      <TextField
        label={t('campaign_new.name')}
        value={typed.name}
        maxLength={maxName}
        testId="campaign-name"
        onValue={(name) => change({ name })}
      />
      <PurposeChoice value={typed.purpose} onChange={(purpose) => change({ purpose })} />
      <CountryChoice value={typed.country} onChange={(country) => change({ country })} />
      <TextField
        label={t('campaign_new.script')}
        value={typed.script}
        maxLength={MAX_SCRIPT}
        testId="campaign-script"
        onValue={(script) => change({ script })}
      />
      <TextField
        label={t('campaign_new.language')}
        value={typed.language}
        maxLength={35}
        testId="campaign-language"
        wrong={faults.language ? t('campaign_new.language_wrong') : undefined}
        onValue={(language) => change({ language })}
      />
      <ScheduleFields typed={typed} endWrong={faults.end} onTyped={change} />
      <div className={fields.fields}>
        <Choice
          label={t('campaign_new.attempts')}
          value={typed.attempts}
          options={ATTEMPTS.map((n) => ({ value: n, label: n }))}
          onChange={(attempts) => change({ attempts })}
        />
        <TextField
          label={t('campaign_new.retry')}
          value={typed.retry}
          maxLength={5}
          numeric
          testId="campaign-retry"
          wrong={faults.retry ? t('campaign_new.retry_wrong') : undefined}
          onValue={(retry) => change({ retry })}
        />
      </div>
      <div className={detail.actions}>
        <Button
          kind="primary"
          testId="campaign-choose"
          isDisabled={form === null}
          isPending={check.pending}
          onPress={() => {
            if (form !== null) check.run({ form });
          }}
        >
          {t('campaign_new.choose')}
        </Button>
        <Problem words={check.problem} />
      </div>
    </div>
  );
}

function TextField({
  label,
  value,
  maxLength,
  numeric = false,
  wrong,
  testId,
  onValue,
}: {
  label: string;
  value: string;
  maxLength: number | undefined;
  numeric?: boolean;
  /** What is wrong with it, in words. */
  wrong?: string | undefined;
  testId: string;
  onValue: (value: string) => void;
}) {
  return (
    <label className={field.field}>
      <span className={field.label}>{label}</span>
      <input
        className={field.input}
        dir="auto"
        inputMode={numeric ? 'numeric' : 'text'}
        maxLength={maxLength}
        value={value}
        data-invalid={wrong === undefined ? undefined : true}
        data-testid={testId}
        onChange={({ target }) => onValue(target.value)}
      />
      {wrong !== undefined && <span className={field.error}>{wrong}</span>}
    </label>
  );
}
