import { seconds } from './duration.ts';
import { didYouMean, type Fault } from './faults.ts';
import type { StageFile } from './schema.ts';
import type { Service } from './service.ts';
import { nameOf } from './service-name.ts';
import { recoverContradictions } from './service-recover-contradictions.ts';

type Workloads = StageFile['workloads'];

/** What in one service excludes itself or the rest of the stage. */
export function serviceContradictions(
  path: Fault['path'],
  service: Service,
  workloads: Workloads,
  names: string[],
): Fault[] {
  return [
    ...ofChecks(path, service),
    ...ofParents(path, service, workloads, names),
    ...ofMaintenance(path, service),
    ...recoverContradictions(path, service),
  ];
}

/** Without a control probe a fault of ours would be everybody's. */
export function ofControl(control: string | undefined, workloads: Workloads): Fault[] {
  const services = Object.entries(workloads).flatMap(([name, workload]) =>
    workload.kind === 'service' ? [{ name, workload }] : [],
  );
  const [first] = services;
  if (!first) return [];
  if (control === undefined)
    return [
      {
        path: ['control'],
        found: undefined,
        expected: `an address that tells whether a fault is ours, since ${first.name} is watched`,
        mend: 'add control: https://… at the top, an address that is not yours and always answers',
      },
    ];
  const isWatched = ({ workload }: { workload: Service }) =>
    workload.checks.some((check) => 'url' in check && new URL(check.url).host === new URL(control).host);
  const watched = services.find(isWatched);
  if (!watched) return [];
  const expected = `an address that is independent of what is watched; ${watched.name} is on the same host`;
  return [{ path: ['control'], found: control, expected, mend: 'write the address of somebody else' }];
}

function ofChecks(path: Fault['path'], { checks }: Service): Fault[] {
  const names = checks.map(nameOf);
  return checks.flatMap((check, index): Fault[] => {
    const here = [...path, 'checks', index];
    const key = 'url' in check ? 'url' : 'tcp' in check ? 'tcp' : 'heartbeat';
    if (names.indexOf(names[index] ?? '') !== index)
      return [
        { path: here, found: names[index], expected: 'each check once', mend: 'give one of the two another name' },
      ];
    if (key === 'heartbeat') return tooShort([...here, key], 'heartbeat' in check ? check.heartbeat : '2m');
    const within = 'within' in check ? check.within : '5s';
    const isFar = seconds(within) > 20;
    const mend = 'a slower answer is no answer: all checks of a minute have 45 seconds';
    const port = 'tcp' in check ? Number(check.tcp.split(':').at(-1)) : 0;
    return [
      ...(isFar ? [{ path: [...here, 'within'], found: within, expected: 'at most 20s', mend }] : []),
      ...(port > 65535
        ? [{ path: [...here, key], found: port, expected: 'a port up to 65535', mend: 'write the port of the service' }]
        : []),
    ];
  });
}

function tooShort(path: Fault['path'], found: string): Fault[] {
  if (seconds(found) >= 120) return [];
  return [
    { path, found, expected: 'at least 2m', mend: 'it is looked at once a minute: write 2m and send one each minute' },
  ];
}

function ofParents(path: Fault['path'], { dependsOn }: Service, workloads: Workloads, names: string[]): Fault[] {
  const own = String(path.at(-1));
  const others = names.filter((name) => name !== own);
  return dependsOn.flatMap((parent, index): Fault[] => {
    const here = [...path, 'dependsOn', index];
    if (!others.includes(parent))
      return [
        { path: here, found: parent, expected: 'another workload of this stage', mend: didYouMean(parent, others) },
      ];
    if (workloads[parent]?.kind === 'queue')
      return [
        {
          path: here,
          found: parent,
          expected: 'a service, a batch or an environment',
          mend: 'a queue is neither down nor off: take it out',
        },
      ];
    const circle = pathTo(own, parent, workloads);
    const expected = 'a workload that does not depend on this one';
    // Said once, of the first that is in it.
    return circle && names.find((name) => circle.includes(name)) === own
      ? [{ path: here, found: parent, expected, mend: `take one out of ${[own, ...circle].join(' → ')}` }]
      : [];
  });
}

/** How one depends on the other, if it does. */
function pathTo(goal: string, from: string, workloads: Workloads, seen: string[] = []): string[] | undefined {
  if (from === goal) return [from];
  const workload = workloads[from];
  if (workload?.kind !== 'service' || seen.includes(from)) return undefined;
  for (const parent of workload.dependsOn) {
    const found = pathTo(goal, parent, workloads, [...seen, from]);
    if (found) return [from, ...found];
  }
  return undefined;
}

function ofMaintenance(path: Fault['path'], { maintenance }: Service): Fault[] {
  return maintenance.flatMap(({ from, to }, index) =>
    from === to
      ? [
          {
            path: [...path, 'maintenance', index, 'to'],
            found: to,
            expected: 'another time than from',
            mend: 'write when it ends; what is never to be opened needs no checks',
          },
        ]
      : [],
  );
}
