import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispositionNode } from '../../../../shared/contract/dispositions';
import { DISPOSITION_LIMITS } from '../../../../shared/lib/disposition-rules';
import { SOLO_FORMS } from '../../../../shared/lib/solo-forms';
import field from '../../../components/field.module.css';
import { Problem } from '../../../components/problem';
import { Choice } from '../choice';
import { Toggle } from '../toggle';
import { OutcomeVerbs } from './outcome-verbs';
import { replace } from './tree-edits';
import styles from './tree.module.css';
import { useComplaintWords } from './use-complaint-words';
import type { TreeEditor } from './use-tree-editor';
import { WordField } from './word-field';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
/** Each language in its own words: who writes a name in it reads it. */
const LANGUAGES = [
  { language: 'en', label: 'English' },
  { language: 'hi', label: 'हिन्दी' },
  { language: 'tr', label: 'Türkçe' },
] as const;
const PLATFORMS = Object.entries(SOLO_FORMS).map(([platform, { label }]) => ({ platform, label }));

/** The record without what is empty; none at all when nothing is left. */
function filled(words: Record<string, string | undefined>): Record<string, string> | undefined {
  const kept = Object.entries(words).flatMap(([key, word]) => (word === undefined || word === '' ? [] : [[key, word]]));
  return kept.length === 0 ? undefined : (Object.fromEntries(kept) as Record<string, string>);
}

/** Without the flags that are not set, so that an outcome reads as short as it is. */
function tidy(node: { [K in keyof DispositionNode]: DispositionNode[K] | undefined }): DispositionNode {
  const kept = Object.entries(node).filter(([, value]) => value !== undefined && value !== false);
  // Its code is among them: nobody edits that.
  return Object.fromEntries(kept) as unknown as DispositionNode;
}

/** Everything an outcome is and asks for. */
export function OutcomeFields({
  node,
  editor,
  onOpen,
}: {
  node: DispositionNode;
  editor: TreeEditor;
  onOpen: (code: string | null) => void;
}) {
  const { t } = useTranslation();
  const words = useComplaintWords();
  const [problem, setProblem] = useState<{ at: 'key' | 'name'; words: string } | null>(null);
  const put = (changes: Partial<DispositionNode>, at: 'key' | 'name' = 'name') => {
    const complaint = editor.change(replace(editor.tree, node.code, tidy({ ...node, ...changes })));
    setProblem(complaint === undefined ? null : { at, words: words(complaint, editor.tree) });
  };
  const putName = (language: string, name: string) => {
    const labels = filled({ ...node.labels, [language]: name });
    if (labels === undefined) setProblem({ at: 'name', words: t('tree.nameless') });
    else put({ labels });
  };
  return (
    <div className={styles.fields} data-testid={`fields-${node.code}`}>
      <Group title={t('tree.name')}>
        <div className={styles.pair}>
          {LANGUAGES.map(({ language, label }) => (
            <WordField
              key={`${language} ${node.labels?.[language] ?? ''}`}
              label={label}
              lang={language}
              word={node.labels?.[language] ?? ''}
              maxLength={DISPOSITION_LIMITS.maxLabel}
              testId={`name-${language}`}
              onWord={(name) => putName(language, name)}
            />
          ))}
        </div>
        <Problem words={problem?.at === 'name' ? problem.words : null} />
      </Group>
      <div className={styles.pair}>
        <Choice
          label={t('tree.own_key')}
          testId="field-key"
          value={node.key === undefined ? 'place' : (String(node.key) as (typeof KEYS)[number])}
          options={[
            { value: 'place', label: t('tree.key_by_place') },
            ...KEYS.map((key) => ({ value: key, label: key })),
          ]}
          onChange={(key) => put({ key: key === 'place' ? undefined : Number(key) }, 'key')}
        />
        <Choice
          label={t('callback.title')}
          testId="field-callback"
          value={node.callback ?? 'none'}
          options={[
            { value: 'none', label: t('tree.callback_none') },
            { value: 'optional', label: t('tree.callback_optional') },
            { value: 'required', label: t('tree.callback_required') },
          ]}
          onChange={(callback) => put({ callback: callback === 'none' ? undefined : callback })}
        />
      </div>
      <Problem words={problem?.at === 'key' ? problem.words : null} />
      <Toggle
        label={t('tree.ask_note')}
        value={node.needs_note ?? false}
        onChange={(needs_note) => put({ needs_note })}
      />
      <Toggle
        label={t('tree.ask_amount')}
        about={t('tree.ask_amount_about')}
        value={node.needs_amount ?? false}
        onChange={(needs_amount) => put({ needs_amount })}
      />
      <Toggle
        label={t('tree.ask_dnc')}
        about={t('tree.ask_dnc_about')}
        value={node.dnc ?? false}
        onChange={(dnc) => put({ dnc })}
      />
      {node.children !== undefined && <p className={field.about}>{t('tree.holds_below')}</p>}
      <Group title={t('tree.platform_words')} about={t('tree.platform_words_about', { code: node.code })}>
        <div className={styles.pair}>
          {PLATFORMS.map(({ platform, label }) => (
            <WordField
              key={`${platform} ${node.platform?.[platform] ?? ''}`}
              label={label}
              word={node.platform?.[platform] ?? ''}
              maxLength={DISPOSITION_LIMITS.maxWord}
              testId={`word-${platform}`}
              onWord={(word) => put({ platform: filled({ ...node.platform, [platform]: word }) })}
            />
          ))}
        </div>
      </Group>
      <OutcomeVerbs node={node} editor={editor} onOpen={onOpen} />
    </div>
  );
}

function Group({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend className={field.label}>{title}</legend>
      {about !== undefined && <p className={field.about}>{about}</p>}
      {children}
    </fieldset>
  );
}
