import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { ownKeys } from './scripts/lib/ownKeys.mjs';

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      '**/node_modules/**',
      'coverage/**',
      'test-results/**',
      'runs/**',
      'samples/**/runs/**',
      '.distillery/**',
      'test/native/**',
      'test/bench/.venv/**',
    ],
  },
  // No exceptions inline: change the code, or the rule for all files.
  { linterOptions: { noInlineConfig: true } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true, 'ts-check': true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    // Distillery prints many numbers: they are allowed in template strings.
    files: ['**/*.{ts,tsx}'],
    rules: { '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }] },
  },
  {
    files: ['{src,webview}/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ForInStatement', message: 'This iterates over inherited keys too: use Object.entries.' },
        {
          selector: "BinaryExpression[operator='in'][left.type!='Literal']",
          message: 'This matches inherited keys too: use Object.hasOwn.',
        },
      ],
    },
  },
  {
    // Engines, models and trainer index numbers by names of kernels, weights and terms; those keys do not come from files.
    files: ['src/**/*.ts'],
    ignores: ['src/own.ts', 'src/{engines,models,trainer}/**'],
    plugins: { distillery: { rules: { 'own-keys': ownKeys } } },
    rules: { 'distillery/own-keys': 'error' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'AbortController',
          'AbortSignal',
          'Buffer',
          'URL',
          'URLSearchParams',
          'clearInterval',
          'clearTimeout',
          'console',
          'fetch',
          'module',
          'performance',
          'process',
          'setInterval',
          'setTimeout',
          'structuredClone',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
