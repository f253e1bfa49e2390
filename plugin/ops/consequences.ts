import type { Output, WorkloadStatus } from '../../functions/show-status/contract.ts';
import { dollars } from '../../shared/cost/items.ts';
import { ofPipeline } from './consequences-pipeline.ts';
import { type Act, type Consequence, calm, grave, ofQueue, ofService } from './consequences-unrun.ts';
import { short } from './tables.ts';

export type { Act, Consequence };

/**
 * @param until as the person wrote it
 * @param isOfStage whether it is said of the whole stage
 */
export function consequencesOf(act: Act, status: Output, until: string | undefined, isOfStage = false): Consequence[] {
  const end = until ? ` until ${until}` : '';
  const each = Object.entries(status.workloads).flatMap(([name, workload]) =>
    ofOne(act, name, workload, end, status.at),
  );
  const services = Object.entries(status.services).flatMap(([name, service]) =>
    ofService(act, name, service, end, isOfStage),
  );
  const queues = Object.entries(status.queues).flatMap(([name, queue]) => ofQueue(act, name, queue, end, isOfStage));
  return [...ofStage(act, status), ...each, ...services, ...queues];
}

function ofStage(act: Act, { words, overBudget }: Output): Consequence[] {
  if (act !== 'resume') return [];
  return [
    ...words.map(({ act: said, by, why }) =>
      calm(`the stage is no longer ${said === 'keep' ? 'kept' : 'paused'} (by ${by}: ${why})`),
    ),
    ...(overBudget
      ? [calm(`starts are allowed again although ${dollars(overBudget.usd)} of $${overBudget.limit} are spent today`)]
      : []),
  ];
}

function ofOne(act: Act, name: string, workload: WorkloadStatus, end: string, at: string): Consequence[] {
  const { now, running, next, words, breaker, held, kind } = workload;
  if (kind === 'pipeline' && act !== 'skip' && act !== 'pause' && act !== 'resume')
    return ofPipeline(act, name, workload);
  const isOn = now !== 'off' && now !== 'missing';
  const what = kind === 'batch' ? 'its instance' : 'its stack';
  const nextStart = next.start ? `, the next is ${short(next.start, at)}` : '';
  switch (act) {
    case 'start':
      if (running)
        return [
          calm(`${name}: a ${running.act ?? 'run'} goes on (${running.key}), so this may have to wait or be skipped`),
        ];
      if (held.length > 0) return [calm(`${name}: it would be skipped, ${held.join('; ')}`)];
      return [
        calm(
          kind === 'batch'
            ? `${name}: a run begins now`
            : `${name}: ${what} is created now${end && `, and kept${end}`}`,
        ),
      ];
    case 'stop':
      if (kind === 'batch' && !running)
        return [
          calm(
            `${name}: no run goes on, so nothing is cut off${isOn ? `; ${what} is ${now}, and no run of ours stops it` : ''}`,
          ),
        ];
      if (kind === 'batch') return [grave(`${name}: the run of ${running?.key} is cut off, and ${what} is stopped`)];
      return isOn
        ? [grave(`${name}: ${what} is deleted, unless data would be lost`)]
        : [calm(`${name}: ${what} is ${now} already`)];
    case 'keep':
      return [
        calm(`${name}: it is not stopped${end}${kind === 'batch' ? ', at most until the deadline of its run' : ''}`),
      ];
    case 'skip':
      return [calm(`${name}: nothing starts${end || ' today'}${nextStart}`)];
    case 'pause':
      return [
        running
          ? grave(
              `${name}: what goes on (${running.key}) ends as planned, and nothing starts${end || ' until somebody resumes'}`,
            )
          : calm(`${name}: nothing starts${end || ' until somebody resumes'}${nextStart}`),
      ];
    case 'resume':
      return [
        ...words.map((word) =>
          word.act === 'keep' && isOn
            ? grave(
                `${name}: it is no longer kept (by ${word.by}: ${word.why}), so it stops when nothing else wants it`,
              )
            : calm(
                `${name}: it is no longer ${word.act === 'skip' ? 'skipped' : 'paused'} (by ${word.by}: ${word.why})`,
              ),
        ),
        ...(breaker.failures > 0 ? [calm(`${name}: ${breaker.failures} failures in a row are forgotten`)] : []),
      ];
    case 'emergency-stop':
      return [
        isOn
          ? grave(`${name}: ${what} (${now}) is stopped now${running ? `, the run of ${running.key} is cut off` : ''}`)
          : calm(`${name}: ${what} is ${now}`),
      ];
  }
}
