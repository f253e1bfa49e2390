// Files of the libraries that have no types where they lie.
declare module 'bullmq/dist/cjs/classes/queue-keys.js' {
  export { QueueKeys } from 'bullmq';
}
declare module 'bullmq/dist/cjs/scripts/cleanJobsInSet-3.js' {
  export const cleanJobsInSet: { name: string; content: string; keys: number };
}
declare module 'bull/lib/scripts/cleanJobsInSet-3.js' {
  const cleanJobsInSet: { name: string; content: string; keys: number };
  export default cleanJobsInSet;
}
