import type { CompiledStage, QueueWorkload } from '../stage/compiled.ts';
import { type Rate, rateOf, typePrice } from './rates.ts';

/**
 * What one worker of a queue costs an hour, as far as prices are known. What Spot costs changes by the hour: it is reckoned
 * as on demand, which is more, and said to be.
 */
export function rateOfWorker(
  { workers: { task, create } }: Pick<QueueWorkload, 'workers'>,
  prices: Readonly<Record<string, number>>,
): Rate {
  if (!task) return { on: 0, always: 0, unknown: ['workers.task'] };
  const { vcpu, gigabytes, arm, spot } = task;
  const own = typePrice('fargate.vcpu', prices) !== undefined && typePrice('fargate.gigabyte', prices) !== undefined;
  const price = (of: 'vcpu' | 'gigabyte') =>
    typePrice(`fargate.${of}`, prices) ?? typePrice(`fargate.${arm ? 'arm' : 'x86'}.${of}`, prices);
  const [perVcpu, perGigabyte] = [price('vcpu'), price('gigabyte')];
  if (perVcpu === undefined || perGigabyte === undefined) return { on: 0, always: 0, unknown: ['Fargate'] };
  const address = create?.publicIp ? (typePrice('publicIpv4Hour', prices) ?? 0) : 0;
  return {
    on: vcpu * perVcpu + gigabytes * perGigabyte + address,
    always: 0,
    unknown: spot && !own ? ['Fargate Spot, reckoned as on demand'] : [],
  };
}

/** What of a stage has no price: `makenaide: t9.huge`. */
export function unpriced({
  workloads,
  queues,
  prices,
}: Pick<CompiledStage, 'workloads' | 'queues' | 'prices'>): string[] {
  const named = (name: string, { unknown }: Rate) => unknown.map((what) => `${name}: ${what}`);
  return [
    ...Object.entries(workloads).flatMap(([name, workload]) => named(name, rateOf(workload, prices))),
    ...Object.entries(queues).flatMap(([name, queue]) => named(name, rateOfWorker(queue, prices))),
  ];
}
