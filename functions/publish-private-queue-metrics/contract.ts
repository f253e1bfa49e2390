export * from '../publish-queue-metrics/contract.ts';
