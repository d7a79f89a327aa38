/** Tests that need nothing but the code. */
const UNIT_FOLDERS = ['tests/domain', 'tests/contract', 'tests/unit', 'tests/email'];

/** Tests against the real PostgreSQL and the real Temporal server that the global setup starts. */
const STACK_FOLDERS = [
  'tests/workflows',
  'tests/replay',
  'tests/activities',
  'tests/store',
  'tests/api',
  'tests/web',
  'tests/crash',
  'tests/e2e',
  'tests/support',
];

const transform = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic' } },
      },
      module: { type: 'es6' },
    },
  ],
};

const project = (displayName, folders, more = {}) => ({
  displayName,
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/tests'],
  testMatch: folders.map((folder) => `<rootDir>/${folder}/**/*.test.{ts,tsx}`),
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  modulePathIgnorePatterns: ['<rootDir>/.baton/', '<rootDir>/.cache/', '/build/'],
  transform,
  setupFiles: ['<rootDir>/tests/support/long-stacks.mjs'],
  ...more,
});

export default {
  projects: [
    project('unit', UNIT_FOLDERS),
    project('stack', STACK_FOLDERS, {
      globalSetup: '<rootDir>/tests/support/start-stack.mjs',
      globalTeardown: '<rootDir>/tests/support/stop-stack.mjs',
    }),
    // The launcher's tests start whole instances of their own.
    project('scripts', ['tests/scripts']),
  ],
  testTimeout: 120_000,
  // One more than the cores that are counted on: tests of the whole stack wait for other processes half of their time.
  maxWorkers: 3,
  testSequencer: '<rootDir>/tests/support/slowest-first.mjs',
};
