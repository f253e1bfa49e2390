import { graphFaults } from '../pipeline/graph-faults.ts';
import { seconds } from './duration.ts';
import { didYouMean, type Fault } from './faults.ts';
import type { Pipeline } from './pipeline.ts';
import { stepContradictions } from './pipeline-step-contradictions.ts';
import type { StageFile } from './schema.ts';

type Path = Fault['path'];
type Workloads = StageFile['workloads'];

/** What our own machines are called, beside which those of pipelines stand. */
const OURS = ['run-batch', 'start-environment', 'stop-environment', 'recover-service', 'emergency-stop'];

/**
 * What in one pipeline excludes itself or the rest of the stage.
 *
 * @param names those of all workloads, malformed ones too
 */
export function pipelineContradictions(path: Path, pipeline: Pipeline, workloads: Workloads, names: string[]): Fault[] {
  return [
    ...ofName(path),
    ...ofStart(path, pipeline),
    ...ofAfter(path, pipeline, workloads, names),
    ...doubleTimes(path, pipeline),
    ...ofTimes(path, pipeline),
    ...graphFaults([...path, 'steps'], pipeline.steps),
    ...Object.entries(pipeline.steps).flatMap(([name, step]) =>
      stepContradictions([...path, 'steps', name], step, pipeline, workloads),
    ),
  ];
}

function ofName(path: Path): Fault[] {
  const name = String(path.at(-1));
  if (!OURS.includes(name)) return [];
  return [
    { path, found: name, expected: "another name: one of Lamplighter's own machines is called so", mend: 'rename it' },
  ];
}

/** It has times of its own, or another pipeline's. */
function ofStart(path: Path, { at, after, ...pipeline }: Pipeline): Fault[] {
  if (at === undefined && after === undefined)
    return [
      {
        path: [...path, 'at'],
        found: undefined,
        expected: 'when it starts: at its times, or after another pipeline',
        mend: 'add at: ["16:30"], or after: and the name of a pipeline',
      },
    ];
  if (after === undefined) return [];
  const { days, calendar, begunWithin, catchUp } = pipeline;
  return Object.entries({ at, days, calendar, begunWithin, catchUp }).flatMap(([field, found]) => {
    if (found === undefined) return [];
    const expected = `no ${field}, since it starts after ${after}, on its days and with its date`;
    return [{ path: [...path, field], found, expected, mend: `take ${field} out, or after` }];
  });
}

function ofAfter(path: Path, { after }: Pipeline, workloads: Workloads, names: string[]): Fault[] {
  if (after === undefined) return [];
  const own = String(path.at(-1));
  // One that is malformed may be a pipeline.
  const others = names.filter((name) => name !== own && (workloads[name]?.kind ?? 'pipeline') === 'pipeline');
  const fault = (expected: string, mend: string) => [{ path: [...path, 'after'], found: after, expected, mend }];
  if (!others.includes(after))
    return fault('another pipeline of this stage', didYouMean(after, others, 'write at: and its times'));
  const circle = chainFrom(own, workloads);
  // Said once, of the first that is in it.
  if (!circle.includes(own) || Object.keys(workloads).find((name) => circle.includes(name)) !== own) return [];
  return fault('a pipeline that does not start after this one', `give one of ${circle.join(', ')} times: at`);
}

/** What it starts after, what that starts after, and so on, up to where a name comes again. */
function chainFrom(name: string, workloads: Workloads): string[] {
  const chain: string[] = [];
  for (let next = afterOf(name, workloads); next !== undefined; next = afterOf(next, workloads)) {
    if (chain.includes(next)) break;
    chain.push(next);
  }
  return chain;
}

function afterOf(name: string, workloads: Workloads): string | undefined {
  const workload = Object.hasOwn(workloads, name) ? workloads[name] : undefined;
  return workload?.kind === 'pipeline' ? workload.after : undefined;
}

function doubleTimes(path: Path, { at = [] }: Pipeline): Fault[] {
  const times = at.map((entry) => (typeof entry === 'string' ? entry : entry.time));
  return times.flatMap((time, index) =>
    times.indexOf(time) === index
      ? []
      : [{ path: [...path, 'at', index], found: time, expected: 'each time once', mend: 'take one of the two out' }],
  );
}

/** Its deadline, its duration, and when it should have begun. */
function ofTimes(path: Path, { deadline, duration, begunWithin = '5m' }: Pipeline): Fault[] {
  const { warn, fail } = duration ?? {};
  const most = seconds(deadline);
  const isShort = duration !== undefined && warn === undefined && fail === undefined;
  const fault = (field: string[], found: unknown, expected: string, mend: string) => ({
    path: [...path, ...field],
    ...{ found, expected, mend },
  });
  return [
    ...(most < 60 || most > 24 * 3600
      ? [fault(['deadline'], deadline, 'between 1m and 24h', 'write the longest time that a healthy run takes')]
      : []),
    ...(isShort ? [fault(['duration'], duration, 'warn, fail or both', 'write { warn: 10m, fail: 15m }')] : []),
    ...(warn !== undefined && seconds(warn) >= seconds(fail ?? deadline)
      ? [fault(['duration', 'warn'], warn, `less than ${fail ?? `the deadline of ${deadline}`}`, 'lower it')]
      : []),
    ...(fail !== undefined && seconds(fail) > most
      ? [fault(['duration', 'fail'], fail, `at most the deadline of ${deadline}`, 'lower it, or raise the deadline')]
      : []),
    ...(seconds(begunWithin) % 60 !== 0 || seconds(begunWithin) > 3600
      ? [fault(['begunWithin'], begunWithin, 'whole minutes, 60 at most', 'write 5m')]
      : []),
  ];
}
