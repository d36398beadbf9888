import { useId } from 'react';
import field from './field.module.css';

/** An IANA time zone, chosen from the list of those that the system knows. */
export function ZoneField({
  label,
  zone,
  onZone,
  testId,
}: {
  label: string;
  zone: string;
  onZone: (zone: string) => void;
  testId?: string;
}) {
  const list = useId();
  return (
    <>
      <label className={field.field}>
        <span>{label}</span>
        <input
          className={field.input}
          list={list}
          value={zone}
          spellCheck={false}
          data-testid={testId}
          onChange={({ target }) => onZone(target.value)}
        />
      </label>
      <datalist id={list}>
        {Intl.supportedValuesOf('timeZone').map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  );
}
