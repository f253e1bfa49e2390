import { statSync } from 'node:fs';
import { seconds } from './duration.ts';
import type { Environment } from './environment.ts';
import type { Fault } from './faults.ts';
import { hoursContradictions } from './hours-contradictions.ts';

/**
 * What in one environment excludes itself.
 *
 * @param open the special working days of the calendar
 */
export function environmentContradictions(path: Fault['path'], workload: Environment, open: string[]): Fault[] {
  return [
    ...hoursContradictions(path, workload, open),
    ...ofParameters(path, workload),
    ...ofParts(path, workload),
    ...ofDurations(path, workload),
    ...ofCopy(path, workload),
    ...ofOwnStack(path, workload),
  ];
}

function ofParameters(path: Fault['path'], { stack, images }: Environment): Fault[] {
  const owners = new Map(Object.keys(stack.parameters).map((name) => [name, 'stack.parameters']));
  return [images].flat().flatMap(({ repository, parameters }, index) =>
    parameters.flatMap((name, place) => {
      const owner = owners.get(name);
      owners.set(name, owner ?? `the images of ${repository}`);
      return owner
        ? [
            {
              path: [...path, 'images', ...(Array.isArray(images) ? [index] : []), 'parameters', place],
              found: name,
              expected: `a parameter of its own; ${owner} ${owner.startsWith('the') ? 'give' : 'gives'} this one`,
              mend: 'take one of the two out',
            },
          ]
        : [];
    }),
  );
}

function ofParts(path: Fault['path'], { parts }: Environment): Fault[] {
  const names = parts.map(({ name }) => name);
  return parts.flatMap(({ name, type, hourly }, index) => {
    const here = [...path, 'parts', index];
    if (names.indexOf(name) !== index)
      return [{ path: [...here, 'name'], found: name, expected: 'each part once', mend: 'write count, or rename it' }];
    if (type !== undefined || hourly !== undefined) return [];
    return [
      {
        path: here,
        found: name,
        expected: 'type or hourly: what it costs',
        mend: 'write type: t3.small to price it by the list, or hourly: 0.023 in US dollars',
      },
    ];
  });
}

function ofDurations(path: Fault['path'], { deadline, health }: Environment): Fault[] {
  const [shortest, longest] = [5 * 60, 12 * 3600];
  if (seconds(deadline) < shortest || seconds(deadline) > longest)
    return [
      {
        path: [...path, 'deadline'],
        found: deadline,
        expected: 'between 5m and 12h',
        mend: 'write the longest time that its creation or its deletion takes',
      },
    ];
  if (!health || seconds(health.within) <= seconds(deadline)) return [];
  return [
    {
      path: [...path, 'health', 'within'],
      found: health.within,
      expected: `at most the deadline of ${deadline}`,
      mend: 'write how long the environment takes to answer once it is created',
    },
  ];
}

function ofCopy(path: Fault['path'], { stack: { copy, template } }: Environment): Fault[] {
  if (copy === undefined || statSync(copy, { throwIfNoEntry: false })?.isFile()) return [];
  return [
    {
      path: [...path, 'stack', 'copy'],
      found: copy,
      expected: 'a file, as seen from where the command runs',
      mend: `copy ${template.split('/').at(-1)} there, or leave copy out`,
    },
  ];
}

/** Deleting Lamplighter would leave nobody to start anything again. */
function ofOwnStack(path: Fault['path'], { stack: { name } }: Environment): Fault[] {
  if (!/^lamplighter-/i.test(name)) return [];
  return [
    {
      path: [...path, 'stack', 'name'],
      found: name,
      expected: "a stack that is not one of Lamplighter's own",
      mend: 'name the stack of the environment',
    },
  ];
}
