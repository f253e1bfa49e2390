import { batchContradictions } from './batch-contradictions.ts';
import { environmentContradictions } from './environment-contradictions.ts';
import type { Fault } from './faults.ts';
import { holidayCountries } from './holidays.ts';
import { notifyContradictions } from './notify-contradictions.ts';
import { pipelineContradictions } from './pipeline-contradictions.ts';
import { queueContradictions } from './queue-contradictions.ts';
import type { StageFile } from './schema.ts';
import { ofControl, serviceContradictions } from './service-contradictions.ts';
import { sharedByTwo } from './shared-by-two.ts';
import { statusContradictions } from './status-contradictions.ts';

/**
 * What is well formed and still cannot work: references to nothing, doubles, limits that exclude each other.
 *
 * @param stage a part that is left out is not looked at; `names` are those of all workloads, malformed ones too
 */
export function contradictions(stage: Partial<StageFile> & { names?: string[] }): Fault[] {
  const { calendar, notify, commands, control, network, budget, status, workloads } = stage;
  const { names = Object.keys(workloads ?? {}) } = stage;
  return [
    ...(calendar ? [...ofCountry(calendar), ...ofDates(calendar)] : []),
    ...(notify
      ? [...notifyContradictions(notify, workloads), ...ofNames(['notify', 'channels'], notify.channels)]
      : []),
    ...ofButtons(notify, commands),
    ...(budget ? ofBudget(budget) : []),
    ...(status ? statusContradictions(status, names) : []),
    ...(workloads
      ? [...sharedByTwo(workloads), ...ofNames(['workloads'], workloads), ...ofControl(control, workloads)]
      : []),
    ...Object.entries(workloads ?? {}).flatMap(([name, workload]) => {
      const path = ['workloads', name];
      if (workload.kind === 'batch') return batchContradictions(path, workload);
      if (workload.kind === 'service') return serviceContradictions(path, workload, workloads ?? {}, names);
      if (workload.kind === 'queue') return queueContradictions(path, workload, network);
      if (workload.kind === 'pipeline') return pipelineContradictions(path, workload, workloads ?? {}, names);
      return environmentContradictions(path, workload, calendar?.open ?? []);
    }),
  ];
}

function ofCountry({ country }: StageFile['calendar']): Fault[] {
  const countries = holidayCountries();
  if (!country || Object.hasOwn(countries, country)) return [];
  const meant = country.toUpperCase();
  const byName = Object.entries(countries).find(([, name]) => name.toUpperCase().includes(meant));
  const code = Object.hasOwn(countries, meant) ? meant : country.length > 3 ? byName?.[0] : undefined;
  return [
    {
      path: ['calendar', 'country'],
      found: country,
      expected: 'a country whose public holidays are known',
      mend: code ? `did you mean ${code}?` : 'write the two letters of ISO 3166, such as KR or GB',
    },
  ];
}

function ofDates({ open, closed }: StageFile['calendar']): Fault[] {
  return open.flatMap((date, index) =>
    closed.includes(date)
      ? [
          {
            path: ['calendar', 'open', index],
            found: date,
            expected: 'a date that is not closed as well',
            mend: 'take it out of one of the two lists',
          },
        ]
      : [],
  );
}

function ofBudget({ daily, emergency, backstop }: StageFile['budget']): Fault[] {
  const limits = [daily ?? 0, emergency ?? daily ?? 0];
  const tooLow = (path: string[], found: number | undefined, least: number, what: string, mend: string): Fault[] =>
    found === undefined || found >= least
      ? []
      : [{ path: ['budget', ...path], found, expected: `at least the ${what} limit of ${least}`, mend }];
  return [
    ...tooLow(
      ['emergency'],
      emergency,
      limits[0] ?? 0,
      'daily',
      'raise it: over the daily limit nothing new starts, over the emergency limit everything is stopped',
    ),
    ...tooLow(
      ['backstop', 'daily'],
      backstop?.daily,
      limits[1] ?? 0,
      emergency === undefined ? 'daily' : 'emergency',
      'raise it: it is there for the day on which nothing else has worked',
    ),
  ];
}

/** Whoever presses a button is looked up among the roles, and Discord sends it to the application alone. */
function ofButtons(notify: StageFile['notify'] | undefined, commands: StageFile['commands']): Fault[] {
  if (commands) return [];
  return Object.entries(notify?.channels ?? {}).flatMap(([name, channel]) => {
    // A channel may be malformed here.
    const { buttons } = (channel ?? {}) as { buttons?: unknown };
    const path = ['notify', 'channels', name, 'buttons'];
    if (buttons !== true) return [];
    return [{ path, found: buttons, expected: 'commands, which say whose button counts', mend: MEND_BUTTONS }];
  });
}

const MEND_BUTTONS = 'add commands with the application that made the webhook, or take buttons out';

/** `a-1` and `a1` would be one logical id. */
function ofNames(path: Fault['path'], named: Record<string, unknown>): Fault[] {
  const names = Object.keys(named);
  return names.flatMap((name, index) => {
    const same = names.slice(0, index).find((other) => other.replaceAll('-', '') === name.replaceAll('-', ''));
    return same
      ? [
          {
            path: [...path, name],
            found: name,
            expected: `a name that differs from ${same} by more than hyphens`,
            mend: 'rename one of the two',
          },
        ]
      : [];
  });
}
