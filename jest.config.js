/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '\\.tsx?$': '<rootDir>/test/transform.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/.serverless', '<rootDir>/.esbuild'],
  globalSetup: '<rootDir>/test/package-stages.ts',
  globalTeardown: '<rootDir>/test/remove-temporary.ts',
  testSequencer: '<rootDir>/test/slowest-first.js',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Twice the processors of a small machine: many tests wait for sockets, timers and emulators.
  maxWorkers: 4,
  setupFilesAfterEnv: ['<rootDir>/test/core-modules.ts'],
  // Other tests, or other programs, may have the processors.
  testTimeout: 300_000,
};
