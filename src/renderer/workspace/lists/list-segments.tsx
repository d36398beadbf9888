import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListRow } from '../../../shared/contract/list-views';
import { useCommand } from '../../bridge/use-command';
import { Badge } from '../../components/badge';
import { Button } from '../../components/button';
import { Problem } from '../../components/problem';
import { wholeNumber } from '../../i18n/format';
import { useLocale } from '../../i18n/use-locale';
import table from '../campaigns/campaign-calls.module.css';

/** Segments of a list with what is left in each; one can be paused while the others go on. */
export function ListSegments({ list: { id, segments } }: { list: Pick<ListRow, 'id' | 'segments'> }) {
  const { t } = useTranslation();
  return (
    <div className={table.scroll}>
      <table className={table.table} data-testid="list-segments">
        <thead>
          <tr>
            <th scope="col">{t('lists.segment')}</th>
            <th scope="col">{t('lists.left')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('campaigns.pause')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {segments.map((segment) => (
            <Segment key={segment.name} list={id} segment={segment} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Segment({ list, segment }: { list: string; segment: ListRow['segments'][number] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const pause = useCommand('lists:set-segment-paused');
  const id = useId();
  const { name, paused, left, total } = segment;
  return (
    <tr>
      <th scope="row">
        <bdi id={id}>{name}</bdi> {paused && <Badge tone="waiting">{t('lists.paused')}</Badge>}
      </th>
      <td className={table.whole}>
        {t('lists.left_of', { n: wholeNumber(left, locale), all: wholeNumber(total, locale) })}
      </td>
      <td>
        <Button
          kind="plain"
          aria-describedby={id}
          isPending={pause.pending}
          onPress={() => pause.run({ list, segment: name, paused: !paused })}
        >
          {paused ? t('campaigns.resume') : t('campaigns.pause')}
        </Button>
        <Problem words={pause.problem} />
      </td>
    </tr>
  );
}
