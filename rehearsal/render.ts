import { styleText } from 'node:util';
import Table from 'cli-table3';
import { dollars } from '../shared/cost/items.ts';
import { renderPipelines } from './render/pipelines.ts';
import { renderQueues } from './render/queues.ts';
import { renderServices } from './render/services.ts';
import type { Report, RunReport, WorkloadReport } from './report.ts';

type Style = Parameters<typeof styleText>[0];

/** How a run's ending is drawn, worst last: where two share a half hour, the worse is seen. */
const ENDINGS: Record<string, { mark: string; style: Style }> = {
  skipped: { mark: '–', style: 'yellow' },
  up: { mark: '▄', style: 'blue' },
  succeeded: { mark: '█', style: 'green' },
  running: { mark: '▒', style: 'cyan' },
  failed: { mark: 'F', style: 'red' },
  'timed-out': { mark: 'T', style: 'red' },
  aborted: { mark: 'A', style: 'red' },
};
const ORDER = Object.keys(ENDINGS);
const CELL_MINUTES = 30;
const NOTICES_SHOWN = 12;

/** A report for the terminal: the month as a timeline, then tables. Colours only where the terminal wants them. */
export function render(report: Report): string {
  const sections = [
    headline(report),
    ...Object.entries(report.workloads).flatMap(([name, workload]) => [timeline(name, workload, report), '']),
    workloads(report),
    renderPipelines(report),
    renderServices(report),
    renderQueues(report),
    ...Object.values(report.workloads).map(parts),
    notices(report),
    control(report),
    verdict(report),
  ];
  return `\n${sections.filter((text) => text !== undefined).join('\n')}\n`;
}

function headline({ stage, from, to, scenario, seed, wallSeconds }: Report): string {
  const title = styleText(
    'bold',
    `Stage ${stage}, ${from.slice(0, 10)} to ${to.slice(0, 10)}, rehearsed in ${wallSeconds} s`,
  );
  return `${title}\n${scenario} Seed ${seed}.\n`;
}

function timeline(name: string, { runs, up }: WorkloadReport, { from, to }: Report): string {
  const days = new Map<string, RunReport[]>();
  const last = Date.parse(`${to.slice(0, 10)}T00:00:00Z`);
  for (let day = Date.parse(`${from.slice(0, 10)}T00:00:00Z`); day < last; day += 86_400_000)
    days.set(new Date(day).toISOString().slice(0, 10), []);
  for (const run of runs) days.get(dayOf(run))?.push(run);
  const hours = Array.from({ length: 8 }, (_, index) =>
    String(index * 3)
      .padStart(2, '0')
      .padEnd(6),
  ).join('');
  const rows = [...days].map(([day, ofDay]) => `  ${weekday(day)} ${day.slice(5)}  ${cells(ofDay, upOn(day, up))}`);
  const legend = ORDER.filter((status) => up || status !== 'up')
    .map((status) => `${paint(status)} ${status}`)
    .join('   ');
  return [styleText('bold', name), `             ${styleText('dim', hours)}`, ...rows, `             ${legend}`].join(
    '\n',
  );
}

/** The part of a day, from 0 to 1, at which an environment came up and went, for each time that it did. */
export function upOn(day: string, up: WorkloadReport['up'] = []): { from: number; to: number }[] {
  const part = (time: string) => (Number(time.slice(11, 13)) * 60 + Number(time.slice(14, 16))) / (24 * 60);
  return up
    .filter(({ from, to }) => from.slice(0, 10) <= day && (!to || to.slice(0, 10) >= day))
    .map(({ from, to }) => ({
      from: from.slice(0, 10) === day ? part(from) : 0,
      to: to?.slice(0, 10) === day ? part(to) : 1,
    }));
}

function cells(runs: RunReport[], up: ReturnType<typeof upOn>): string {
  const marks: (string | undefined)[] = Array.from({ length: (24 * 60) / CELL_MINUTES }, () => undefined);
  for (const { from, to } of up) marks.fill('up', Math.floor(from * marks.length), Math.ceil(to * marks.length));
  for (const run of runs) {
    const first = cellOf(run.startedAt ?? run.scheduledFor);
    const isSameDay = run.endedAt?.slice(0, 10) === dayOf(run);
    const end = run.status === 'skipped' || !run.endedAt ? first : isSameDay ? cellOf(run.endedAt) : marks.length - 1;
    const shown = shownAs(run);
    // In the night that has an hour twice a run can end at an earlier time than it began.
    for (let cell = first; cell <= Math.max(first, end); cell++)
      if (ORDER.indexOf(shown) > ORDER.indexOf(marks[cell] ?? '')) marks[cell] = shown;
  }
  return marks.map((status) => (status ? paint(status) : styleText('dim', '·'))).join('');
}

/** The local date that a run is drawn on: it may be made up for days after its time. */
export function dayOf({ startedAt, scheduledFor }: RunReport): string {
  return (startedAt ?? scheduledFor).slice(0, 10);
}

/** The ending that a run is drawn with: one that had nothing to do is no success to be seen. */
export function shownAs({ status, reason }: RunReport): string {
  return reason === 'already gone' ? 'skipped' : status;
}

function cellOf(time: string): number {
  return Math.floor((Number(time.slice(11, 13)) * 60 + Number(time.slice(14, 16))) / CELL_MINUTES);
}

function paint(status: string): string {
  const { mark, style } = ENDINGS[status] ?? { mark: '?', style: 'magenta' };
  return styleText(style, mark);
}

function weekday(day: string): string {
  return new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

function workloads(report: Report): string | undefined {
  if (Object.keys(report.workloads).length === 0) return undefined;
  const table = new Table({
    head: ['workload', 'kind', 'runs', 'hours on', 'always on', 'as rehearsed', 'of it storage', 'saved'],
    style: { head: [], border: [] },
  });
  for (const [name, { kind, runs, onHours, cost }] of Object.entries(report.workloads))
    table.push([
      name,
      kind,
      counted(runs),
      onHours.toFixed(1),
      ...(cost.unknown
        ? [{ content: cost.unknown, colSpan: 4 }]
        : [
            usd(cost.alwaysOn),
            usd(cost.actual),
            kind === 'environment' ? '–' : usd(cost.storage),
            `${cost.savedPercent} %`,
          ]),
    ]);
  return `${table.toString()}\n`;
}

/** What an environment costs by its parts, or why that is not known. */
function parts({ cost }: WorkloadReport): string | undefined {
  if (!cost.parts) return undefined;
  const lines = cost.parts.map(({ name, count, hourly, alwaysOn, actual }) => {
    const sum = hourly === undefined ? 'price unknown' : `${usd(actual)} instead of ${usd(alwaysOn)}`;
    return `  ${count} × ${name}${hourly === undefined ? '' : ` at $${hourly} an hour`}: ${sum}`;
  });
  return `${lines.join('\n')}\n`;
}

function counted(runs: RunReport[]): string {
  const counts = new Map<string, number>();
  for (const { status } of runs) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ') || 'none';
}

/** Routine news is counted; what a person would have to read is shown. */
function notices({ notices: all, undelivered }: Report): string {
  const counts = new Map<string, number>();
  for (const { severity } of all) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  const loud = all.filter(({ severity }) => severity === 'warning' || severity === 'critical');
  const lines = loud.slice(0, NOTICES_SHOWN).map(({ at, severity, title, lines: [why = ''] }) => {
    const style = severity === 'critical' ? 'red' : 'yellow';
    return `  ${at.slice(0, 16).replace('T', ' ')}  ${styleText(style, severity.padEnd(8))}  ${title}: ${why.slice(0, 110)}`;
  });
  if (loud.length > NOTICES_SHOWN) lines.push(`  and ${loud.length - NOTICES_SHOWN} more: --json has all`);
  const counted = [...counts].map(([severity, count]) => `${count} ${severity}`).join(', ') || 'none';
  const lost = undelivered.map(({ at, channel, why }) =>
    styleText('red', `  ${at.slice(0, 16).replace('T', ' ')}  gave up  ${channel}: ${why.slice(0, 110)}`),
  );
  return [`Notices: ${counted}`, ...lines, ...lost, ''].join('\n');
}

function control({ control: { lambdaInvocations, stateTransitions, apiCalls, costs, monthlyCost } }: Report): string {
  const calls = Object.values(apiCalls).reduce((sum, count) => sum + count, 0);
  const dearest = Object.entries(costs)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([name, cost]) => `${name} ${usd(cost)}`)
    .join(', ');
  return `Control plane: ${usd(monthlyCost)} a month at list price, no free tier (${dearest}); ${lambdaInvocations} invocations, ${stateTransitions} state transitions, ${calls} API calls\n`;
}

function verdict({ violations }: Report): string {
  if (violations.length === 0) return styleText('green', '0 violations of the laws');
  const texts = violations.map(({ law, at, text, history }) =>
    [
      styleText('red', `Law ${law} broken at ${at}: ${text}`),
      ...history.map((entry) => styleText('dim', `    ${entry}`)),
    ].join('\n'),
  );
  return [
    styleText('red', `${violations.length} ${violations.length === 1 ? 'violation' : 'violations'} of the laws`),
    ...texts,
  ].join('\n');
}

function usd(amount: number | undefined): string {
  return amount === undefined ? 'unknown' : dollars(amount);
}
