import { seconds } from './duration.ts';
import { didYouMean, type Fault } from './faults.ts';
import { holidayCountries } from './holidays.ts';
import type { StageFile } from './schema.ts';

/** What is well formed and still cannot work: references to nothing, doubles, limits that exclude each other. */
export function contradictions(stage: StageFile): Fault[] {
  return [...ofCalendar(stage), ...ofRoutes(stage), ...ofBudget(stage), ...ofWorkloads(stage)];
}

function ofCalendar({ calendar }: StageFile): Fault[] {
  const faults: Fault[] = [];
  const countries = holidayCountries();
  if (calendar.country && !countries.includes(calendar.country))
    faults.push({
      path: ['calendar', 'country'],
      found: calendar.country,
      expected: 'a country whose public holidays are known',
      mend: didYouMean(calendar.country.toUpperCase(), countries).replace(
        /^use one of.*/,
        'write the two letters of ISO 3166, such as KR',
      ),
    });
  calendar.open.forEach((date, index) => {
    if (calendar.closed.includes(date))
      faults.push({
        path: ['calendar', 'open', index],
        found: date,
        expected: 'a date that is not also closed',
        mend: 'take it out of one list',
      });
  });
  return faults;
}

function ofRoutes({ notify }: StageFile): Fault[] {
  const channels = Object.keys(notify.channels);
  const faults = notify.routes.flatMap((route, index) =>
    route.to.flatMap((name, place): Fault[] =>
      channels.includes(name)
        ? []
        : [
            {
              path: ['notify', 'routes', index, 'to', place],
              found: name,
              expected: 'a channel of notify.channels',
              mend: didYouMean(name, channels),
            },
          ],
    ),
  );
  if (!notify.routes.some((route) => route.severity.includes('critical')))
    faults.push({
      path: ['notify', 'routes'],
      found: 'no route for critical',
      expected: 'at least one channel that critical notices go to',
      mend: 'add { severity: [warning, critical], to: [a channel] }',
    });
  return faults;
}

function ofBudget({ budget }: StageFile): Fault[] {
  if (budget.daily === undefined || budget.emergency === undefined || budget.emergency >= budget.daily) return [];
  return [
    {
      path: ['budget', 'emergency'],
      found: budget.emergency,
      expected: `at least the daily limit of ${budget.daily}`,
      mend: 'raise it: everything is stopped there, at the daily limit only new starts are',
    },
  ];
}

function ofWorkloads({ workloads }: StageFile): Fault[] {
  const faults: Fault[] = [];
  const ownerOf = new Map<string, string>();
  if (Object.keys(workloads).length === 0)
    faults.push({ path: ['workloads'], found: {}, expected: 'at least one workload', mend: 'copy one from examples/' });
  for (const [name, workload] of Object.entries(workloads)) {
    const path = ['workloads', name];
    const owner = ownerOf.get(workload.instance.id);
    if (owner)
      faults.push({
        path: [...path, 'instance', 'id'],
        found: workload.instance.id,
        expected: `an instance of its own; ${owner} has this one`,
        mend: 'two workloads on one instance would stop each other: make them one workload, or use two instances',
      });
    ownerOf.set(workload.instance.id, name);
    const times = workload.at.map((entry) => (typeof entry === 'string' ? entry : entry.time));
    times.forEach((time, index) => {
      if (times.indexOf(time) !== index)
        faults.push({
          path: [...path, 'at', index],
          found: time,
          expected: 'each time once',
          mend: 'take one of the two out',
        });
    });
    workload.at.forEach((entry, index) => {
      if (typeof entry === 'string') return;
      for (const parameter of Object.keys(entry.parameters))
        if (!(parameter in workload.run.parameters))
          faults.push({
            path: [...path, 'at', index, 'parameters', parameter],
            found: parameter,
            expected: 'a parameter of run.parameters',
            mend: didYouMean(parameter, Object.keys(workload.run.parameters)),
          });
    });
    if (seconds(workload.deadline) < 60 || seconds(workload.deadline) > 24 * 3600)
      faults.push({
        path: [...path, 'deadline'],
        found: workload.deadline,
        expected: 'between 1m and 24h',
        mend: 'write the longest time that a healthy run takes',
      });
    if (workload.run.by === 'boot')
      for (const [key, value] of Object.entries(workload.run.environment))
        if (value.startsWith('ssm:'))
          faults.push({
            path: [...path, 'run', 'environment', key],
            found: value,
            expected: 'a plain value, since the job is run by the instance itself',
            mend: 'let the job read the parameter with the role of the instance, or use by: ssm',
          });
  }
  return faults;
}
