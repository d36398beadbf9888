import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/settings';
import { NORMAL_TEXT, TEXT_SIZES } from '../../../shared/lib/text-size';
import { STANDARD_SOUND } from '../../bridge/sounds';
import { percent, wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { Button } from '../../components/button';
import { AmountChoice } from './amount-choice';
import { Choice } from './choice';
import { CrmSettings } from './crm-settings';
import { CurrencyField } from './currency-field';
import { DisplayChoice } from './display-choice';
import { Locked } from './locked';
import { PopRules } from './pop-rules';
import { SettingsGroup } from './settings-group';
import { ShortcutSettings } from './shortcut-settings';
import { SoundSettings } from './sound-settings';
import { Toggle } from './toggle';

/** Minutes after which main takes the agent for away while the setting is absent. */
const STANDARD_AWAY_MIN = 15;

interface WorkPreferencesProps {
  settings: Settings;
  save: (settings: Settings) => void;
  /** Opens the page of the outcomes. */
  onOutcomes: () => void;
}

export interface AllPreferencesProps extends WorkPreferencesProps {
  /** The key that works from any program is another program's already. */
  shortcutTaken: boolean;
}

export function Preferences({ settings, save, shortcutTaken, onOutcomes }: AllPreferencesProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { pop } = settings;
  return (
    <>
      <SettingsGroup title={t('settings.calls')}>
        <Locked keys={['pop']}>
          <Toggle
            label={t('settings.pop_enabled')}
            about={t('settings.pop_enabled_about')}
            value={pop.enabled}
            onChange={(enabled) => save({ ...settings, pop: { ...pop, enabled } })}
          />
          {pop.enabled && <PopRules pop={pop} onPop={(next) => save({ ...settings, pop: next })} />}
          <DisplayChoice pop={pop} onPop={(next) => save({ ...settings, pop: next })} />
        </Locked>
        <Locked keys={['notifications']}>
          <Toggle
            label={t('settings.notifications')}
            value={settings.notifications.enabled}
            onChange={(enabled) => save({ ...settings, notifications: { ...settings.notifications, enabled } })}
          />
        </Locked>
        <Locked keys={['pop']}>
          <Toggle
            label={t('settings.insist')}
            about={t('settings.insist_about')}
            value={pop.insist ?? true}
            onChange={(insist) => save({ ...settings, pop: { ...pop, insist } })}
          />
        </Locked>
      </SettingsGroup>
      <Locked keys={['sound']}>
        <SoundSettings sound={settings.sound ?? STANDARD_SOUND} onSound={(sound) => save({ ...settings, sound })} />
      </Locked>
      <SettingsGroup title={t('settings.privacy')}>
        <Locked keys={['privacy']}>
          <Toggle
            label={t('settings.privacy_switch')}
            about={t('settings.privacy_about')}
            value={settings.privacy}
            onChange={(privacy) => save({ ...settings, privacy })}
          />
        </Locked>
      </SettingsGroup>
      <WorkPreferences settings={settings} save={save} onOutcomes={onOutcomes} />
      <Locked keys={['crm']}>
        <CrmSettings crm={settings.crm} onCrm={(crm) => save({ ...settings, crm })} />
      </Locked>
      <Locked keys={['keys']}>
        <ShortcutSettings chosen={settings.keys} taken={shortcutTaken} onKeys={(keys) => save({ ...settings, keys })} />
      </Locked>
      <SettingsGroup title={t('settings.appearance')}>
        <Locked keys={['language']}>
          <Choice
            label={t('settings.language')}
            value={settings.language}
            options={[
              { value: 'system', label: t('settings.system') },
              // Each language in its own words: the way back for someone who cannot read the present one.
              { value: 'en', label: 'English' },
              { value: 'hi', label: 'हिन्दी' },
              { value: 'tr', label: 'Türkçe' },
            ]}
            onChange={(language) => save({ ...settings, language })}
          />
        </Locked>
        <Locked keys={['theme']}>
          <Choice
            label={t('settings.theme')}
            value={settings.theme}
            options={[
              { value: 'system', label: t('settings.system') },
              { value: 'light', label: t('settings.light') },
              { value: 'dark', label: t('settings.dark') },
            ]}
            onChange={(theme) => save({ ...settings, theme })}
          />
        </Locked>
        <Locked keys={['text_size']}>
          <AmountChoice
            label={t('settings.text_size')}
            value={settings.text_size ?? NORMAL_TEXT}
            amounts={TEXT_SIZES}
            words={(size) => percent(size / NORMAL_TEXT, locale)}
            onChange={(text_size) => save({ ...settings, text_size })}
          />
        </Locked>
      </SettingsGroup>
    </>
  );
}

/** Wrap-up, absence, and how long calls are kept. */
function WorkPreferences({ settings, save, onOutcomes }: WorkPreferencesProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { outcomes } = settings;
  return (
    <>
      <SettingsGroup title={t('settings.wrap_up')}>
        <div>
          <Button testId="open-outcomes" onPress={onOutcomes}>
            {t('settings.edit_outcomes')}
          </Button>
        </div>
        <Locked keys={['outcomes']}>
          <Toggle
            label={t('settings.required')}
            value={outcomes.required}
            onChange={(required) => save({ ...settings, outcomes: { ...outcomes, required } })}
          />
          <AmountChoice
            label={t('settings.wrap_up_time')}
            value={outcomes.wrap_up_s}
            amounts={[0, 30, 60, 120, 300]}
            words={(count) => (count === 0 ? t('settings.no_limit') : t('settings.seconds', { count }))}
            onChange={(wrap_up_s) => save({ ...settings, outcomes: { ...outcomes, wrap_up_s } })}
          />
          {outcomes.wrap_up_s > 0 && (
            <>
              <AmountChoice
                label={t('settings.extension_time')}
                value={outcomes.extension_s}
                amounts={[30, 60, 120, 300]}
                words={(count) => t('settings.seconds', { count })}
                onChange={(extension_s) => save({ ...settings, outcomes: { ...outcomes, extension_s } })}
              />
              <AmountChoice
                label={t('settings.extensions')}
                value={outcomes.extensions}
                amounts={[0, 1, 2, 3, 5]}
                words={(count) => wholeNumber(count, locale)}
                onChange={(extensions) => save({ ...settings, outcomes: { ...outcomes, extensions } })}
              />
            </>
          )}
          <Toggle
            label={t('settings.leave_after_save')}
            value={outcomes.leave_after_save}
            onChange={(leave_after_save) => save({ ...settings, outcomes: { ...outcomes, leave_after_save } })}
          />
          <CurrencyField
            currency={outcomes.currency}
            onCurrency={(currency) => save({ ...settings, outcomes: { ...outcomes, currency } })}
          />
        </Locked>
      </SettingsGroup>
      <SettingsGroup title={t('settings.presence')}>
        <Locked keys={['start_at_login']}>
          <Toggle
            label={t('settings.start_at_login')}
            value={settings.start_at_login ?? false}
            onChange={(start_at_login) => save({ ...settings, start_at_login })}
          />
        </Locked>
        <Locked keys={['away_after_min']}>
          <AmountChoice
            label={t('settings.away')}
            value={settings.away_after_min ?? STANDARD_AWAY_MIN}
            amounts={[0, 5, 15, 30, 60]}
            words={(count) => (count === 0 ? t('settings.never') : t('settings.minutes', { count }))}
            onChange={(away_after_min) => save({ ...settings, away_after_min })}
          />
        </Locked>
      </SettingsGroup>
      <SettingsGroup title={t('settings.history')}>
        <Locked keys={['history']}>
          <AmountChoice
            label={t('settings.keep')}
            value={settings.history.keep_days}
            amounts={[7, 30, 90, 365]}
            words={(count) => t('settings.days', { count })}
            onChange={(keep_days) => save({ ...settings, history: { keep_days } })}
          />
          <p>{t('settings.keep_about')}</p>
        </Locked>
      </SettingsGroup>
    </>
  );
}
