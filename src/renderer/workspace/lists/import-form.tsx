import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import detail from '../../components/detail.module.css';
import field from '../../components/field.module.css';
import { Problem } from '../../components/problem';
import { Choice } from '../settings/choice';
import styles from './import-panel.module.css';
import { CountryChoice, PurposeChoice, type Country, type Purpose } from './rule-choices';

const KINDS = ['ai_voice', 'live_human'] as const;
const MAX_NAME = 100;

/** What the leads are for decides which rules apply; then the file is chosen in the system's own dialog. */
export function ImportForm() {
  const { t } = useTranslation();
  const begin = useCommand('lists:import');
  const [list, setList] = useState('');
  const [purpose, setPurpose] = useState<Purpose>('service');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('ai_voice');
  const [country, setCountry] = useState<Country>('none');
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
      <PurposeChoice value={purpose} onChange={setPurpose} />
      <Choice
        label={t('import.kind')}
        value={kind}
        options={KINDS.map((one) => ({ value: one, label: t(`call_kind.${one}`) }))}
        onChange={setKind}
      />
      <CountryChoice value={country} onChange={setCountry} />
      <div className={detail.actions}>
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
