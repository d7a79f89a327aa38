import tseslint from 'typescript-eslint';

/** Brand constructors: the one place where a plain value may be declared to be a branded one. */
const BRAND_CONSTRUCTORS = [
  'workflows/contract/ids.ts',
  'workflows/domain/ids.ts',
  'workflows/domain/instant.ts',
];

/** Files whose framework looks for a default export. */
const DEFAULT_EXPORT_FILES = [
  '**/*.config.{js,ts,mjs,cjs}',
  'web/app/root.tsx',
  'web/app/routes.ts',
  'web/app/routes.ts',
  'web/app/entry.*.tsx',
  'web/app/routes/**',
  'prisma.config.ts',
];

/** Files that may read the environment. */
const ENVIRONMENT_FILES = [
  '**/env.ts',
  '**/main.ts',
  'bench/**',
  'examples/**',
  'prisma/migrate.ts',
  'tests/**',
  '**/*.config.{js,ts,mjs,cjs}',
];

const noEnum = {
  selector: 'TSEnumDeclaration',
  message: 'Use an `as const` array and a union (conventions 7).',
};
const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only (conventions 19).',
};
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only env.ts and main.ts read the environment (conventions 17).',
};
const noWaitForTime = {
  selector: "CallExpression[callee.name='condition'] > .arguments:matches([type=/Function/]) :matches(MemberExpression[object.name='Date'], CallExpression[callee.name='workflowInfo'])",
  message: 'A refused Update has conditions looked at, and no replay hears of it: wait for time by a timer (decision 061).',
};
const noClock = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time is an argument in the domain (conventions 4).',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Time is an argument in the domain (conventions 4).',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Chance is an argument in the domain (conventions 4).',
  },
  {
    selector: "CallExpression[callee.name='fetch']",
    message: 'The domain does not reach outside (conventions 4).',
  },
];

const syntax = (...forbidden) => ({ 'no-restricted-syntax': ['error', ...forbidden] });

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      '**/build/',
      '.baton/',
      '.cache/',
      'coverage/',
      'prisma/generated/',
      'docs/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Frameworks are told of our types by interfaces that extend one of ours and add nothing.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      ...syntax(noEnum, noDefaultExport, noEnvironment),
    },
  },
  { files: ['workflows/*.ts'], rules: syntax(noEnum, noDefaultExport, noEnvironment, noWaitForTime) },
  {
    files: ['workflows/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval'],
      ...syntax(noEnum, noDefaultExport, noEnvironment, ...noClock),
    },
  },
  { files: ENVIRONMENT_FILES, rules: syntax(noEnum, noDefaultExport) },
  { files: DEFAULT_EXPORT_FILES, rules: syntax(noEnum, noEnvironment) },
  { files: ['tests/support/*.mjs'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: BRAND_CONSTRUCTORS,
    rules: { '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }] },
  },
  {
    files: ['tests/**'],
    rules: {
      'max-lines': 'off',
    },
  },
  // The command line and the migration command answer on standard output; that is their job.
  {
    files: ['prisma/migrate.ts', 'api/cli/**', 'bench/**', 'examples/**', 'tests/scripts/fixtures/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.base],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', 300],
      'no-undef': 'off',
    },
  },
);
