import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import field from '../../components/field.module.css';
import { Problem } from '../../components/problem';
import { countryName } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import { Choice } from '../settings/choice';
import styles from './import-panel.module.css';

const PURPOSES = ['sales', 'service', 'collection', 'survey'] as const;
const KINDS = ['ai_voice', 'live_human'] as const;
/** Countries that there are rules for (docs/dialling.md); numbers with a country code need none. */
const COUNTRIES = ['none', 'IN', 'US', 'GB', 'CA', 'AU', 'TR', 'DE', 'FR', 'ES', 'IT', 'NL', 'IE', 'PL'] as const;
const MAX_NAME = 100;

/** What the leads are for decides which rules apply; then the file is chosen in the system's own dialog. */
export function ImportForm() {
  const { t } = useTranslation();
  const locale = useLocale();
  const begin = useCommand('lists:import');
  const [list, setList] = useState('');
  const [purpose, setPurpose] = useState<(typeof PURPOSES)[number]>('service');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('ai_voice');
  const [country, setCountry] = useState<(typeof COUNTRIES)[number]>('none');
  const name = list.trim();
  return (
    <div className={styles.form}>
      <p className={field.about}>{t('import.about')}</p>
      <label className={field.field}>
        <span className={field.label}>{t('import.list')}</span>
        <input
          className={field.input}
          dir="auto"
          maxLength={MAX_NAME}
          value={list}
          data-testid="import-list"
          onChange={({ target }) => setList(target.value)}
        />
      </label>
      <Choice
        label={t('import.purpose')}
        value={purpose}
        options={PURPOSES.map((one) => ({ value: one, label: t(`purpose.${one}`) }))}
        onChange={setPurpose}
      />
      <Choice
        label={t('import.kind')}
        value={kind}
        options={KINDS.map((one) => ({ value: one, label: t(`call_kind.${one}`) }))}
        onChange={setKind}
      />
      <Choice
        label={t('import.country')}
        value={country}
        options={COUNTRIES.map((one) => ({
          value: one,
          label: one === 'none' ? t('import.country_none') : countryName(one, locale),
        }))}
        onChange={setCountry}
      />
      <div className={styles.actions}>
        <Button
          kind="primary"
          testId="import-choose"
          isDisabled={name === ''}
          isPending={begin.pending}
          onPress={() => begin.run({ list: name, purpose, kind, ...(country === 'none' ? {} : { country }) })}
        >
          {t('import.choose')}
        </Button>
        <Problem words={begin.problem} />
      </div>
    </div>
  );
}
