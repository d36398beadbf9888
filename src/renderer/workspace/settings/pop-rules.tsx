import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/settings';
import field from '../../components/field.module.css';
import { Toggle } from './toggle';
import styles from './settings-group.module.css';

type Rule = NonNullable<Settings['pop']['rules']>[string];

/** What each platform can tell of, and what opens the window unless the agent says otherwise (as in main). */
const PLATFORMS = [
  { id: 'vinfer', label: 'VInfer', events: ['escalated'], standard: { escalated: true, ringing: false } },
  { id: 'infer', label: 'Infer', events: ['escalated'], standard: { escalated: true, ringing: false } },
  { id: 'salpre', label: 'Salpre', events: ['ringing'], standard: { escalated: true, ringing: true } },
] as const satisfies readonly { id: string; label: string; events: readonly (keyof Rule)[]; standard: Rule }[];

export function PopRules({ pop, onPop }: { pop: Settings['pop']; onPop: (pop: Settings['pop']) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.rules}>
      <legend className={field.label}>{t('settings.rules')}</legend>
      {PLATFORMS.map(({ id, label, events, standard }) => {
        const rule: Rule = pop.rules?.[id] ?? standard;
        return events.map((event) => (
          <Toggle
            key={`${id} ${event}`}
            label={t(`settings.rule_${event}`, { platform: label })}
            value={rule[event]}
            onChange={(on) => onPop({ ...pop, rules: { ...pop.rules, [id]: { ...rule, [event]: on } } })}
          />
        ));
      })}
      <Toggle label={t('settings.tests')} value={pop.tests ?? false} onChange={(tests) => onPop({ ...pop, tests })} />
    </fieldset>
  );
}
