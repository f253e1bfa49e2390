import { seconds } from './duration.ts';
import type { Fault } from './faults.ts';
import type { Queue } from './queue.ts';
import type { WrittenScaling } from './queue-scaling.ts';

type Path = Fault['path'];

/** What in the scaling of one queue excludes itself. */
export function scalingContradictions(path: Path, { scaling, runaway }: Queue): Fault[] {
  const here = [...path, 'scaling'];
  const { min, max, floor, rules, empty } = scaling;
  return [
    ...ofWays(here, scaling),
    ...tooMany([...here, 'min'], min, max),
    ...tooMany([...path, 'runaway', 'workers'], runaway.workers ?? 0, max),
    ...floor.flatMap(({ workers, from, to }, index) => [
      ...tooMany([...here, 'floor', index, 'workers'], workers, max),
      ...(from === to
        ? [
            {
              path: [...here, 'floor', index, 'to'],
              found: to,
              expected: 'another time than from',
              mend: 'write when it ends; what is always so is min',
            },
          ]
        : []),
    ]),
    ...wholeMinutes([...here, 'empty'], empty),
    ...wholeMinutes([...path, 'runaway', 'after'], runaway.after),
    ...(rules ?? []).flatMap((rule, index) => ofRule([...here, 'rules', index], rule)),
    ...(rules ? ofTable([...here, 'rules'], rules) : []),
  ];
}

/** What belongs to another way of scaling would say nothing. */
function ofWays(here: Path, { by, wait, rules, target }: WrittenScaling): Fault[] {
  return Object.entries({ backlog: { wait }, rules: { rules }, target: { target } }).flatMap(([way, fields]) =>
    Object.entries(fields).flatMap(([field, value]): Fault[] =>
      way === by || value === undefined
        ? []
        : [
            {
              path: [...here, field],
              found: `${field} with by: ${by}`,
              expected: `by: ${way} beside it`,
              mend: `write by: ${way}, or take it out`,
            },
          ],
    ),
  );
}

function tooMany(path: Path, found: number, max: number): Fault[] {
  return found <= max ? [] : [{ path, found, expected: `at most the max of ${max}`, mend: 'lower it, or raise max' }];
}

/** A queue is looked at once a minute; an alarm of CloudWatch looks back over a day at most. */
function wholeMinutes(path: Path, found: string): Fault[] {
  const length = seconds(found);
  if (length % 60 === 0 && length <= 86_400) return [];
  const expected = length % 60 === 0 ? 'at most 24h' : 'whole minutes, such as 10m';
  return [{ path, found, expected, mend: 'it is looked at once a minute: write minutes such as 10m' }];
}

function ofRule(path: Path, { over, under, add, remove }: NonNullable<WrittenScaling['rules']>[number]): Fault[] {
  const isRise = over !== undefined && under === undefined && add !== undefined && remove === undefined;
  const isFall = under !== undefined && over === undefined && remove !== undefined && add === undefined;
  if (isRise || isFall) return [];
  return [
    {
      path,
      found: Object.keys({ ...(over !== undefined && { over }), ...(under !== undefined && { under }), add, remove })
        .filter((key) => ({ over, under, add, remove })[key] !== undefined)
        .join(', '),
      expected: 'over and add, or under and remove',
      mend: 'write two rules where both are meant',
    },
  ];
}

/** Between what adds and what takes away there has to be room, or one undoes the other. */
function ofTable(path: Path, rules: NonNullable<WrittenScaling['rules']>): Fault[] {
  const least = Math.min(...rules.map(({ over }) => over ?? Number.POSITIVE_INFINITY));
  const most = rules.findIndex(({ under }) => under !== undefined && under - 1 > least);
  const twice = rules.findIndex(
    ({ over, under }, index) =>
      rules.findIndex((other) => other.over === over && other.under === under) !== index &&
      (over ?? under) !== undefined,
  );
  return [
    ...(most < 0
      ? []
      : [
          {
            path: [...path, most, 'under'],
            found: rules[most]?.under,
            expected: `at most ${least + 1}, since over ${least} workers are added`,
            mend: 'lower it: one rule would undo the other',
          },
        ]),
    ...(twice < 0
      ? []
      : [{ path: [...path, twice], found: 'the same limit twice', expected: 'each limit once', mend: 'join the two' }]),
  ];
}
