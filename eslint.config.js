import tseslint from 'typescript-eslint';

/** Ambient time and chance are errors where rules live: the shell passes both in. */
const purity = [
  { object: 'Math', property: 'random', message: 'Pass chance in: rules are deterministic.' },
  { object: 'Date', property: 'now', message: 'Pass the instant in; only platform/clock.ts reads the clock.' },
];

export default tseslint.config(
  { ignores: ['dist/', 'build/', 'node_modules/', 'data/', '**/*.mjs', 'eslint.config.js'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        // Finds each file's own room; with a list of projects module augmentations of later ones are missed.
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // Code points are what we mean: 𠮷 is one character of a name.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['src/domain/**/*.ts', 'src/protocols/**/*.ts', 'src/contracts/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': ['error', ...purity],
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: 'Instants are branded numbers; use kernel/time.ts.' },
      ],
    },
  },
  {
    files: ['src/server/**/*.ts'],
    ignores: ['src/server/platform/clock.ts', '**/*.test.ts'],
    rules: { 'no-restricted-properties': ['error', purity[1]] },
  },
  {
    files: ['tools/**', 'bench/**', 'db/**', 'test/**', '**/*.test.ts', 'src/server/main.ts'],
    rules: { 'no-console': 'off' },
  },
);
