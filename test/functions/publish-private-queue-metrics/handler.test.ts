import { expect, test } from '@jest/globals';
import * as ours from '../../../functions/publish-private-queue-metrics/handler.ts';
import * as theirs from '../../../functions/publish-queue-metrics/handler.ts';

test('queues inside the network - are read by the same code', () => {
  expect(ours.handler).toBe(theirs.handler);
  expect(ours.publishPrivateQueueMetrics).toBe(theirs.publishQueueMetrics);
});
