import { useTranslation } from 'react-i18next';
import { Input } from 'react-aria-components/Input';
import { SearchField } from 'react-aria-components/SearchField';
import field from '../../components/field.module.css';

export function TranscriptSearch({
  query,
  onQuery,
  found,
}: {
  query: string;
  onQuery: (query: string) => void;
  /** Lines found; `null` while nothing is searched for. */
  found: number | null;
}) {
  const { t } = useTranslation();
  return (
    <>
      <SearchField aria-label={t('transcript.search')} value={query} onChange={onQuery}>
        <Input className={field.input ?? ''} placeholder={t('transcript.search')} dir="auto" />
      </SearchField>
      <span role="status">{found !== null && t('transcript.found', { count: found })}</span>
    </>
  );
}
