import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyAction, KeySettings } from '../../../shared/contract/keys';
import { KEY_ACTIONS, STANDARD_KEYS, chordOf, keyRefusal, keysInForce } from '../../../shared/lib/keys';
import { useReasonWords } from '../../bridge/reason-words';
import { useChordWords } from '../../components/chord';
import { Button } from '../../components/button';
import { Problem } from '../../components/problem';
import { SettingsGroup } from './settings-group';
import styles from './shortcut-settings.module.css';

export interface ShortcutSettingsProps {
  chosen: KeySettings | undefined;
  /** The key that works from any program is another program's already. */
  taken: boolean;
  onKeys: (keys: KeySettings) => void;
}

/** Every key that can be another: press the button, then the new key. */
export function ShortcutSettings({ chosen, taken, onKeys }: ShortcutSettingsProps) {
  const { t } = useTranslation();
  const words = useReasonWords();
  const chordWords = useChordWords();
  const [listening, setListening] = useState<KeyAction | null>(null);
  const [problem, setProblem] = useState<{ action: KeyAction; words: string } | null>(null);
  const keys = keysInForce(chosen);

  const choose = (action: KeyAction, chord: string) => {
    const refusal = keyRefusal({ ...keys, [action]: chord }, action);
    setListening(null);
    if (refusal === undefined) {
      setProblem(null);
      onKeys({ ...chosen, [action]: chord });
    } else {
      const name = refusal.reason === 'key_conflict' ? refusal.with : undefined;
      setProblem({ action, words: words({ reason: refusal.reason, name }) });
    }
  };

  return (
    <SettingsGroup title={t('keys.title')}>
      <dl className={styles.keys}>
        {KEY_ACTIONS.map((action) => (
          <div key={action} className={styles.row}>
            <dt>{t(`keys.${action}`)}</dt>
            <dd className={styles.choice}>
              <KeyButton
                action={action}
                chord={chordWords(keys[action])}
                listening={listening === action}
                onListen={(on) => {
                  setProblem(null);
                  setListening(on ? action : null);
                }}
                onChord={(chord) => choose(action, chord)}
              />
              {keys[action] !== STANDARD_KEYS[action] && (
                <Button kind="plain" onPress={() => choose(action, STANDARD_KEYS[action])}>
                  {t('keys.standard', { key: chordWords(STANDARD_KEYS[action]) })}
                </Button>
              )}
              <Problem words={problem?.action === action ? problem.words : null} />
            </dd>
          </div>
        ))}
      </dl>
      {taken && <Problem words={t('keys.taken', { key: chordWords(keys.focus) })} />}
    </SettingsGroup>
  );
}

interface KeyButtonProps {
  action: KeyAction;
  chord: string;
  listening: boolean;
  onListen: (on: boolean) => void;
  onChord: (chord: string) => void;
}

/** Tab leaves it as it was; every other key is taken for the new one. */
function KeyButton({ action, chord, listening, onListen, onChord }: KeyButtonProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={styles.key}
      data-testid={`key-${action}`}
      data-listening={listening || undefined}
      aria-label={t('keys.change', { what: t(`keys.${action}`), key: chord })}
      onClick={() => onListen(true)}
      onBlur={() => onListen(false)}
      onKeyDown={(event) => {
        if (!listening || event.key === 'Tab') return;
        event.preventDefault();
        event.stopPropagation();
        const pressed = chordOf(event);
        if (pressed !== undefined) onChord(pressed);
      }}
    >
      <span aria-live="polite">{listening ? t('keys.press') : chord}</span>
    </button>
  );
}
