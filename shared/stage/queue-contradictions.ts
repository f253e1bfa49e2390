import { seconds } from './duration.ts';
import type { Fault } from './faults.ts';
import type { Queue } from './queue.ts';
import { scalingContradictions } from './queue-scaling-contradictions.ts';
import { workersContradictions } from './queue-workers-contradictions.ts';
import type { StageFile } from './schema.ts';

type Path = Fault['path'];

/** What in one queue excludes itself or the rest of the stage. */
export function queueContradictions(path: Path, queue: Queue, network: StageFile['network']): Fault[] {
  return [
    ...ofPrivate(path, queue, network),
    ...scalingContradictions(path, queue),
    ...workersContradictions(path, queue, network),
    ...ofClean(path, queue, network),
    ...ofAlarms(path, queue),
  ];
}

function ofPrivate(path: Path, { source }: Queue, network: StageFile['network']): Fault[] {
  if (network !== undefined || !('private' in source) || !source.private) return [];
  return [
    {
      path: ['network'],
      found: undefined,
      expected: `the network that ${path.at(-1)} is read in, since it is private`,
      mend: 'add network: { subnets: […], securityGroups: […] } at the top, or write private: false in its source',
    },
  ];
}

function ofClean(path: Path, { clean, source }: Queue, network: StageFile['network']): Fault[] {
  if (!clean) return [];
  if (!('redis' in source))
    return [
      {
        path: [...path, 'clean'],
        found: source.kind,
        expected: 'a queue on Redis beside it',
        mend: 'take it out: only in Redis do jobs that ended take memory',
      },
    ];
  if (network !== undefined && !source.private)
    return [
      {
        path: [...path, 'clean'],
        found: 'a Redis outside the network',
        expected: 'private: true in its source, since cleaning is done from inside the network',
        mend: 'put the queue into a stage without a network, or take clean out',
      },
    ];
  return seconds(clean.olderThan) >= 60
    ? []
    : [
        {
          path: [...path, 'clean', 'olderThan'],
          found: clean.olderThan,
          expected: 'at least 1m',
          mend: 'what ended just now may still be looked at: write 24h',
        },
      ];
}

function ofAlarms(path: Path, { alarms: { backlog, workers }, scaling }: Queue): Fault[] {
  const isUpsideDown = backlog !== 'off' && backlog.critical <= backlog.warning;
  return [
    ...(isUpsideDown
      ? [
          {
            path: [...path, 'alarms', 'backlog', 'critical'],
            found: backlog.critical,
            expected: `more than the warning of ${backlog.warning}`,
            mend: 'raise it, or lower the warning',
          },
        ]
      : []),
    ...(typeof workers === 'number' && workers >= scaling.max
      ? [
          {
            path: [...path, 'alarms', 'workers'],
            found: workers,
            expected: `fewer than the ${scaling.max} that there are at most`,
            mend: 'lower it, or write off',
          },
        ]
      : []),
  ];
}
