import { didYouMean, type Fault } from './faults.ts';
import type { StageFile } from './schema.ts';

type Notify = StageFile['notify'];

/** What of the notices cannot work: channels and workloads that do not exist, and critical notices that nobody hears. */
export function notifyContradictions(notify: Notify, workloads: StageFile['workloads'] | undefined): Fault[] {
  return [
    ...notify.routes.flatMap((route, index) => ofRoute(route, ['notify', 'routes', index], notify, workloads)),
    ...ofNames(notify),
    ...ofFallbacks(notify),
    ...ofQuiet(notify),
    ...(hearsAll(notify) ? [] : [nobodyHears(notify)]),
  ];
}

function ofRoute(
  { to, escalate, workloads: named = [] }: Notify['routes'][number],
  path: Fault['path'],
  { channels }: Notify,
  workloads: StageFile['workloads'] | undefined,
): Fault[] {
  return [
    ...unknown(to, [...path, 'to'], channels, 'notify.channels'),
    ...unknown(escalate?.to ?? [], [...path, 'escalate', 'to'], channels, 'notify.channels'),
    ...(workloads ? unknown(named, [...path, 'workloads'], workloads, 'workloads') : []),
  ];
}

function unknown(names: string[], path: Fault['path'], known: Record<string, unknown>, where: string): Fault[] {
  const all = Object.keys(known);
  const one = where === 'workloads' ? 'a workload' : 'a channel';
  return names.flatMap((name, place) =>
    all.includes(name)
      ? []
      : [{ path: [...path, place], found: name, expected: `${one} of ${where}`, mend: didYouMean(name, all) }],
  );
}

/** The names of the topics and the queue that everything goes through. */
const TAKEN = ['notices', 'watch'];

function ofNames({ channels }: Notify): Fault[] {
  return Object.keys(channels)
    .filter((name) => TAKEN.includes(name))
    .map((name) => ({
      path: ['notify', 'channels', name],
      found: name,
      expected: `a name that is neither ${TAKEN.join(' nor ')}, which Lamplighter's own topics have`,
      mend: 'name the channel after its kind or its people',
    }));
}

function ofFallbacks({ channels }: Notify): Fault[] {
  const names = Object.keys(channels);
  return Object.entries(channels).flatMap(([name, channel]): Fault[] => {
    // A channel may be malformed here; its fallback is looked at when it is there.
    const { fallback } = (channel ?? {}) as { fallback?: unknown };
    if (fallback === undefined || (names.includes(String(fallback)) && fallback !== name)) return [];
    const mend = fallback === name ? 'name another channel' : didYouMean(String(fallback), names);
    const path = ['notify', 'channels', name, 'fallback'];
    return [{ path, found: fallback, expected: 'another channel of notify.channels', mend }];
  });
}

function ofQuiet({ quiet }: Notify): Fault[] {
  if (!quiet || quiet.from !== quiet.to) return [];
  return [
    {
      path: ['notify', 'quiet'],
      found: `from ${quiet.from} to ${quiet.to}`,
      expected: 'two different times',
      mend: 'leave quiet out for no quiet hours; leave info and success out of the routes to hear only what is wrong',
    },
  ];
}

function hearsAll({ routes }: Notify): boolean {
  return routes.some(({ severity, workloads, kinds }) => severity.includes('critical') && !workloads && !kinds);
}

function nobodyHears({ channels, routes }: Notify): Fault {
  const isPartly = routes.some(({ severity }) => severity.includes('critical'));
  return {
    path: ['notify', 'routes'],
    found: isPartly ? 'critical only of some workloads or kinds' : 'no route for critical',
    expected: 'at least one channel that critical notices go to, whatever they are of',
    mend: `add { severity: [warning, critical], to: [${Object.keys(channels)[0] ?? 'a channel'}] }`,
  };
}
