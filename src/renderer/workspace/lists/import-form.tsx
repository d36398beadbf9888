import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListsView } from '../../../shared/contract/list-views';
import { useCommand } from '../../bridge/use-command';
import { Button } from '../../components/button';
import detail from '../../components/detail.module.css';
import field from '../../components/field.module.css';
import { Problem } from '../../components/problem';
import { Choice } from '../settings/choice';
import styles from './import-panel.module.css';
import { CountryChoice, PurposeChoice, type Country, type Purpose } from './rule-choices';

const MAX_NAME = 100;

/**
 * What the leads are for decides which rules apply; then the file is chosen in the system's own dialog. Where several platforms
 * can start calls, a new list says which one does.
 */
export function ImportForm({ platforms }: { platforms: ListsView['platforms'] }) {
  const { t } = useTranslation();
  const begin = useCommand('lists:import');
  const [list, setList] = useState('');
  const [purpose, setPurpose] = useState<Purpose>('service');
  const [chosen, setChosen] = useState('');
  const [country, setCountry] = useState<Country>('none');
  const name = list.trim();
  const several = platforms.length > 1;
  const platform = platforms.find((one) => one.name === chosen)?.name ?? platforms[0]?.name ?? '';
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
      <CountryChoice value={country} onChange={setCountry} />
      {several && (
        <Choice
          label={t('import.platform')}
          value={platform}
          options={platforms.map(({ name: value, label }) => ({ value, label }))}
          onChange={setChosen}
          testId="import-platform"
        />
      )}
      <div className={detail.actions}>
        <Button
          kind="primary"
          testId="import-choose"
          isDisabled={name === ''}
          isPending={begin.pending}
          onPress={() =>
            begin.run({
              ...{ list: name, purpose },
              ...(country === 'none' ? {} : { country }),
              ...(several ? { platform } : {}),
            })
          }
        >
          {t('import.choose')}
        </Button>
        <Problem words={begin.problem} />
      </div>
    </div>
  );
}
