import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from 'react-aria-components/FieldError';
import { Form } from 'react-aria-components/Form';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField } from 'react-aria-components/TextField';
import type { Language } from '../../../../shared/contract/views';
import { DISPOSITION_LIMITS } from '../../../../shared/lib/disposition-rules';
import { Button } from '../../../components/button';
import field from '../../../components/field.module.css';
import { Problem } from '../../../components/problem';
import { add, codeComplaint, codeFrom } from './tree-edits';
import styles from './tree.module.css';
import { useComplaintWords } from './use-complaint-words';
import type { TreeEditor } from './use-tree-editor';

/** A new outcome: its name in the window's language, and the code by which reports and platforms know it. */
export function AddOutcome({
  editor,
  below,
  onDone,
}: {
  editor: TreeEditor;
  /** The choice that gets it; null: the top level. */
  below: string | null;
  /** @param code of the new one; null: the person thought better of it */
  onDone: (code: string | null) => void;
}) {
  const { t, i18n } = useTranslation();
  const words = useComplaintWords();
  const [name, setName] = useState('');
  const [typedCode, setTypedCode] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  // Opened by a press: the first thing to do in it is to type.
  useEffect(() => first.current?.focus(), []);
  const code = typedCode ?? codeFrom(name, editor.tree);
  const wrongCode = codeComplaint(editor.tree, code);
  const nameless = name.trim() === '';
  return (
    <Form
      className={styles.fields ?? ''}
      aria-label={t('tree.add')}
      data-testid="tree-adding"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (nameless || wrongCode !== undefined) return;
        const node = { code, labels: { [i18n.language satisfies string as Language]: name.trim() } };
        const complaint = editor.change(add(editor.tree, node, below), `edit-${code}`);
        if (complaint === undefined) onDone(code);
        else setProblem(words(complaint, editor.tree));
      }}
    >
      <TextField
        className={field.field ?? ''}
        value={name}
        onChange={setName}
        maxLength={DISPOSITION_LIMITS.maxLabel}
        isInvalid={tried && nameless}
        validationBehavior="aria"
      >
        <Label className={field.label ?? ''}>{t('tree.name')}</Label>
        <Input ref={first} className={field.input ?? ''} data-testid="tree-new-name" />
        <FieldError className={field.error ?? ''}>{t('settings.fill_in')}</FieldError>
      </TextField>
      <TextField
        className={field.field ?? ''}
        value={code}
        onChange={setTypedCode}
        maxLength={64}
        isInvalid={(tried || typedCode !== null) && wrongCode !== undefined}
        validationBehavior="aria"
      >
        <Label className={field.label ?? ''}>{t('tree.code')}</Label>
        <Input className={field.input ?? ''} dir="ltr" spellCheck={false} data-testid="tree-new-code" />
        <Text slot="description" className={field.about ?? ''}>
          {t('tree.code_about')}
        </Text>
        <FieldError className={field.error ?? ''}>
          {wrongCode !== undefined && words(wrongCode, editor.tree)}
        </FieldError>
      </TextField>
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" testId="tree-new-add">
          {t('tree.add_this')}
        </Button>
        <Button testId="tree-new-cancel" onPress={() => onDone(null)}>
          {t('tree.cancel')}
        </Button>
        <Problem words={problem} />
      </div>
    </Form>
  );
}
