// The deployment to emulators takes minutes and a quiet machine: `npm run test:emulator` runs it, and nothing else.
const isEmulatorRun = process.env.npm_lifecycle_event === 'test:emulator';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/transform.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/.serverless', '<rootDir>/.esbuild'],
  globalSetup: '<rootDir>/test/package-stages.ts',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: isEmulatorRun ? [] : ['<rootDir>/test/emulator/'],
  maxWorkers: 2,
  testTimeout: 60_000,
};
