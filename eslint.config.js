import js from '@eslint/js';
import globals from 'globals';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Who may import whom (docs/ARCHITECTURE.md): each room lists the rooms it must not reach into. */
const rooms = ['shared', 'platforms', 'relay', 'practice', 'main', 'preload', 'renderer'];
const mayImport = {
  shared: [],
  platforms: ['shared'],
  relay: ['shared', 'platforms'],
  practice: ['shared'],
  main: ['shared'],
  preload: ['shared'],
  renderer: ['shared'],
};
const walls = rooms.map((room) => ({
  target: `./src/${room}`,
  from: './src',
  except: [room, ...mayImport[room]].map((name) => `./${name}`),
  message: `src/${room} may import only ${[room, ...mayImport[room]].join(', ')}. Programs start each other as processes; what they share lives in src/shared.`,
}));

const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Read the environment only in an entry point (src/*/environment.ts) and pass values in as parameters.',
};
const noRawIpc = {
  selector: 'ImportSpecifier[imported.name=/^(ipcMain|ipcRenderer)$/]',
  message: 'Raw IPC lives in src/main/ipc and src/preload/bridge.ts only: add a channel to src/shared/contract/ipc.ts.',
};

export default tseslint.config(
  { ignores: ['out/**', 'dist/**', 'node_modules/**', 'test/fixtures/**'] },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['src/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    // One program for all rooms: what they share is understood once, which is most of what lint costs.
    languageOptions: { parserOptions: { project: './tsconfig.lint.json', tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({ project: 'src/*/tsconfig.json', noWarnOnMultipleProjects: true }),
        createNodeResolver(),
      ],
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/only-throw-error': 'error',
      'import-x/no-restricted-paths': ['error', { zones: walls }],
      'import-x/no-cycle': 'error',
      'no-restricted-syntax': ['error', noEnvironment, noRawIpc],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  // Not with the others: the types of Electron say that every program has a parent's port.
  { files: ['src/practice/**/*.ts'], languageOptions: { parserOptions: { project: './src/practice/tsconfig.json' } } },
  {
    files: ['src/shared/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!\\.{1,2}/|zod$)', message: 'src/shared imports only zod.' }] },
      ],
    },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    ignores: ['src/renderer/gallery/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '/shared/contract/',
              allowTypeImports: true,
              message: 'Windows parse nothing: import types, so that no schema (and no zod) is shipped in them.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/main/calls/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^electron|^node:', message: 'src/main/calls is pure: pass in what it needs.' },
            { regex: '^\\.\\./(?!\\.\\./shared)', message: 'src/main/calls imports no sibling of main.' },
          ],
        },
      ],
    },
  },
  { files: ['src/main/ipc/**', 'src/preload/**'], rules: { 'no-restricted-syntax': ['error', noEnvironment] } },
  { files: ['src/*/environment.ts'], rules: { 'no-restricted-syntax': ['error', noRawIpc] } },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat.recommended],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(electron|node:)', message: 'Renderers are sandboxed: go through window.desk.' }] },
      ],
    },
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
