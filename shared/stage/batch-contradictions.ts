import type { Batch } from './batch.ts';
import { seconds } from './duration.ts';
import { didYouMean, type Fault } from './faults.ts';

/** What in one batch workload excludes itself. */
export function batchContradictions(path: Fault['path'], workload: Batch): Fault[] {
  return [
    ...doubleTimes(workload, path),
    ...undeclaredParameters(workload, path),
    ...doubleNames(workload, path),
    ...ofDeadline(workload, path),
    ...referencesAtBoot(workload, path),
  ];
}

function doubleTimes({ at }: Batch, path: Fault['path']): Fault[] {
  const times = at.map((entry) => (typeof entry === 'string' ? entry : entry.time));
  return times.flatMap((time, index) =>
    times.indexOf(time) === index
      ? []
      : [{ path: [...path, 'at', index], found: time, expected: 'each time once', mend: 'take one of the two out' }],
  );
}

function undeclaredParameters({ at, run }: Batch, path: Fault['path']): Fault[] {
  const declared = Object.keys(run.parameters);
  return at.flatMap((entry, index) => {
    const parameters = typeof entry === 'string' ? [] : Object.keys(entry.parameters);
    return parameters
      .filter((parameter) => !declared.includes(parameter))
      .map((parameter) => ({
        path: [...path, 'at', index, 'parameters', parameter],
        found: parameter,
        expected: 'a parameter of run.parameters',
        mend: didYouMean(parameter, declared, `declare it with its default: run.parameters.${parameter}`),
      }));
  });
}

/** The job sees its parameters in capitals, beside its environment: one of two equal names would be lost. */
function doubleNames({ run }: Batch, path: Fault['path']): Fault[] {
  const parameters = Object.keys(run.parameters);
  return parameters.flatMap((parameter, index) => {
    const seen = parameter.toUpperCase();
    const isTaken =
      Object.hasOwn(run.environment, seen) || parameters.slice(0, index).some((other) => other.toUpperCase() === seen);
    return isTaken
      ? [
          {
            path: [...path, 'run', 'parameters', parameter],
            found: parameter,
            expected: `one variable called ${seen}`,
            mend: 'the job sees parameters in capitals, beside its environment: rename one of the two',
          },
        ]
      : [];
  });
}

function ofDeadline({ deadline }: Batch, path: Fault['path']): Fault[] {
  if (seconds(deadline) >= 60 && seconds(deadline) <= 24 * 3600) return [];
  return [
    {
      path: [...path, 'deadline'],
      found: deadline,
      expected: 'between 1m and 24h',
      mend: 'write the longest time that a healthy run takes',
    },
  ];
}

/** Only the shell of a command by SSM reads references; the agent hands values over as they are. */
function referencesAtBoot({ run, at }: Batch, path: Fault['path']): Fault[] {
  if (run.by !== 'boot') return [];
  const blocks: [Fault['path'], Record<string, string>][] = [
    [['run', 'environment'], run.environment],
    [['run', 'parameters'], run.parameters],
    ...at.map((entry, index): [Fault['path'], Record<string, string>] => [
      ['at', index, 'parameters'],
      typeof entry === 'string' ? {} : entry.parameters,
    ]),
  ];
  return blocks.flatMap(([block, values]) =>
    Object.entries(values)
      .filter(([, value]) => value.startsWith('ssm:'))
      .map(([name, value]) => ({
        path: [...path, ...block, name],
        found: value,
        expected: 'a plain value, since the instance runs the job by itself',
        mend: 'let the job read the parameter with the role of the instance, or use by: ssm',
      })),
  );
}
