import { SwitchButton, SwitchField } from 'react-aria-components/Switch';
import field from '../../components/field.module.css';
import styles from './toggle.module.css';

/** A setting that is on or off. */
export function Toggle({
  label,
  about,
  value,
  onChange,
}: {
  label: string;
  about?: string;
  value: boolean;
  onChange: (value: boolean) => void;
}) {
  return (
    <SwitchField isSelected={value} onChange={onChange}>
      <SwitchButton className={styles.toggle ?? ''}>
        <span className={styles.track}>
          <span className={styles.knob} />
        </span>
        <span className={styles.words}>
          <span>{label}</span>
          {about !== undefined && <span className={field.about}>{about}</span>}
        </span>
      </SwitchButton>
    </SwitchField>
  );
}
