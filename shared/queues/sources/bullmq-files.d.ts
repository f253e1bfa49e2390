// BullMQ has its types beside its ES modules, which Node does not load without a bundler.
declare module 'bullmq/dist/cjs/classes/queue-keys.js' {
  export { QueueKeys } from 'bullmq';
}
