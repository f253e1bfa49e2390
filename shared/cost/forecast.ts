import type { CompiledStage } from '../stage/compiled.ts';
import { rateOf } from './rates.ts';
import type { Look } from './reckon.ts';
import { rateOfWorker } from './workers.ts';

/**
 * When the spending of today reaches a limit if what is on stays on until it is expected to be off, and nothing else
 * starts. Workers of queues come and go: of a burst no more is taken to last than has lasted.
 *
 * @param spent US dollars so far
 * @param now milliseconds since the epoch
 * @param midnight the end of the day, in milliseconds since the epoch
 * @param only one workload; all without it
 * @returns milliseconds since the epoch; undefined when not today
 */
export function reaches(
  limit: number,
  spent: number,
  looks: Record<string, Look>,
  { workloads, queues, prices }: CompiledStage,
  { now, midnight, only }: { now: number; midnight: number; only?: string },
): number | undefined {
  const ofWorkloads = Object.entries(workloads).flatMap(([name, workload]) => {
    const look = looks[name];
    if ((only !== undefined && name !== only) || !look || 'unseen' in look || 'workers' in look) return [];
    const { on, always } = rateOf(workload, prices, look.type);
    return [
      { perMs: always / 3_600_000, until: midnight },
      ...(look.isOn ? [{ perMs: on / 3_600_000, until: Math.min(look.offBy ?? midnight, midnight) }] : []),
    ];
  });
  const ofQueues = Object.entries(queues).flatMap(([name, queue]) => {
    const look = looks[name];
    if ((only !== undefined && name !== only) || !look || !('workers' in look)) return [];
    return [{ perMs: (rateOfWorker(queue, prices).on * look.workers.lasting) / 3_600_000, until: midnight }];
  });
  const burning = [...ofWorkloads, ...ofQueues];
  const edges = [...new Set(burning.map(({ until }) => until))].filter((until) => until > now).sort((a, b) => a - b);
  let [sum, from] = [spent, now];
  for (const edge of edges) {
    const perMs = burning.filter(({ until }) => until >= edge).reduce((total, one) => total + one.perMs, 0);
    const at = from + (limit - sum) / perMs;
    if (at <= edge) return Math.max(at, now);
    sum += perMs * (edge - from);
    from = edge;
  }
  return undefined;
}
