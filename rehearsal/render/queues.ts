import { styleText } from 'node:util';
import Table from 'cli-table3';
import { dollars } from '../../shared/cost/items.ts';
import type { QueueReport, QueuesReport } from '../report/queues.ts';
import { lasting } from './lasting.ts';

/** What became of the jobs of queues, and what their workers cost, for the terminal. */
export function renderQueues({ queues }: { queues?: QueuesReport }): string | undefined {
  if (!queues) return undefined;
  const table = new Table({
    head: [
      'queue',
      'of',
      'jobs',
      'done',
      'failed',
      'left',
      'waited: half',
      '95 %',
      'most',
      'workers',
      'hours',
      'cost',
      'saved',
    ],
    style: { head: [], border: [] },
    colAligns: ['left', 'left', ...new Array<'right'>(11).fill('right')],
  });
  for (const [name, queue] of Object.entries(queues)) table.push(row(name, queue));
  const lines = Object.entries(queues).flatMap(([name, queue]) => linesOf(name, queue));
  return [table.toString(), ...lines, ''].join('\n');
}

function row(name: string, { kind, jobs, waits, workers }: QueueReport): string[] {
  const { actual, savedPercent } = workers.cost;
  return [
    ...[name, kind, String(jobs.arrived), String(jobs.done), String(jobs.failed), String(jobs.inside)],
    ...[lasting(waits.p50), lasting(waits.p95), lasting(waits.max)],
    ...[`≤ ${workers.peak}`, workers.hours.toFixed(1)],
    ...[actual === undefined ? 'unknown' : dollars(actual), savedPercent === undefined ? '–' : `${savedPercent} %`],
  ];
}

/** What a table has no room for. */
function linesOf(name: string, { jobs, bursts, workers, unmeasuredMinutes }: QueueReport): string[] {
  const { unknown } = workers.cost;
  return [
    ...bursts.map(
      ({ at, jobs: count, begunMinutes, emptyMinutes }) =>
        `  ${name}: ${count} jobs at once on ${at.slice(5, 16).replace('T', ' ')}: all begun ${after(begunMinutes)}, none left ${after(emptyMinutes)}`,
    ),
    ...(jobs.lost + jobs.repeated > 0
      ? [
          styleText(
            'red',
            `  ${name}: ${jobs.repeated} jobs were begun again and ${jobs.lost} lost, since their workers were killed`,
          ),
        ]
      : []),
    ...(unmeasuredMinutes > 0 ? [`  ${name}: not measured in ${unmeasuredMinutes} minutes`] : []),
    ...(unknown ? [styleText('dim', `  ${name}: ${unknown}`)] : []),
  ];
}

function after(minutes: number | undefined): string {
  return minutes === undefined ? 'never' : `after ${minutes} min`;
}
