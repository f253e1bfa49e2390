import { publishMetrics } from '../../shared/queues/emf.ts';
import { readAll } from '../../shared/queues/read.ts';
import { deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';
import { metricsOf } from './metrics.ts';

const real = { readAll, publishMetrics, stage: deployedStage, now: Date.now };

/** Reads queues, publishes what they are like, and answers it. */
export async function publishQueueMetrics({ queues }: Input, effects = real): Promise<Output> {
  const [{ stage }, now] = [effects.stage(), effects.now()];
  const outcomes = await effects.readAll(queues, now);
  for (const [name, outcome] of Object.entries(outcomes)) {
    if ('unreadable' in outcome) console.error(JSON.stringify({ queue: name, ...outcome }));
    effects.publishMetrics(stage, name, metricsOf(outcome), now);
  }
  return { queues: outcomes };
}

export const handler = wrap(input, publishQueueMetrics);
