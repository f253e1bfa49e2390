/** The same for queues that are reached only from inside the network: it needs no way out, since it calls nothing of AWS. */
export {
  handler,
  publishQueueMetrics as publishPrivateQueueMetrics,
} from '../publish-queue-metrics/handler.ts';
