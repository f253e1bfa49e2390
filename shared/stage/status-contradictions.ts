import { didYouMean, type Fault } from './faults.ts';
import type { StageFile } from './schema.ts';

/** What of the status page cannot work: names that nothing has, and front ends that could not read it. */
export function statusContradictions(
  { access, origins, show = [] }: NonNullable<StageFile['status']>,
  names: readonly string[],
): Fault[] {
  const known = [...names];
  return [
    ...show.flatMap((name, index) =>
      known.includes(name)
        ? []
        : [
            {
              path: ['status', 'show', index],
              found: name,
              expected: 'a workload of workloads',
              mend: didYouMean(name, known),
            },
          ],
    ),
    ...(access === 'public' || origins.length === 0
      ? []
      : [
          {
            path: ['status', 'origins'],
            found: origins.join(', '),
            expected: 'no origins where access is not public',
            mend: 'write access: public, or take origins out: a page that anybody can open can keep no token',
          },
        ]),
  ];
}
