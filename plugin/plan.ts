import { writeFileSync } from 'node:fs';
import Table from 'cli-table3';
import ical from 'ical-generator';
import type { CompiledStage } from '../shared/stage/compiled.ts';
import { type FloorRow, floorRows } from '../shared/time/floor-rows.ts';
import { type MaintenanceRow, maintenanceRows } from '../shared/time/maintenance-rows.ts';
import { type PlannedRow, plan } from '../shared/time/plan-rows.ts';
import type { Serverless } from './framework.ts';
import { OptionInvalid, wholeNumber } from './options.ts';
import { liveOverrides } from './overrides.ts';

export const planCommand = {
  usage:
    'Show what will start and stop when, what is skipped and why, when work is done on services, and the floors of workers',
  lifecycleEvents: ['show'],
  options: {
    'stage-file': { usage: 'Another stage file than stages/<stage>.yml', type: 'string' },
    from: { usage: 'From when, such as 2026-11-01 or 2026-11-01T09:00Z (now)', type: 'string' },
    days: { usage: 'How many days (7)', type: 'string' },
    live: { usage: 'With what people have said: pause, skip, keep; asks the deployed stage', type: 'boolean' },
    ics: { usage: 'Write a calendar file', type: 'string' },
    json: { usage: 'Print JSON', type: 'boolean' },
  },
} as const;

/**
 * `sls plan`.
 *
 * @throws OptionInvalid; NotAnswered when the deployed stage does not answer
 */
export async function showPlan(
  serverless: Serverless,
  options: Record<string, string | boolean | undefined>,
  effects = { liveOverrides },
): Promise<void> {
  const from = options['from'] === undefined ? Date.now() : Date.parse(String(options['from']));
  if (Number.isNaN(from))
    throw new OptionInvalid('from', options['from'], 'a time such as 2026-11-01 or 2026-11-01T09:00Z');
  const days = wholeNumber('days', options['days'], 7, 1, 366);
  const stage = serverless.service.custom.estate.compiled;
  const overrides = options['live'] ? await effects.liveOverrides(serverless) : {};
  const to = from + days * 86_400_000;
  const rows = [
    ...plan(stage, from, to, overrides),
    ...maintenanceRows(stage, from, to),
    ...floorRows(stage, from, to),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  if (options['ics']) writeFileSync(String(options['ics']), calendarOf(rows, stage.stage));
  process.stdout.write(options['json'] ? `${JSON.stringify(rows, null, 2)}\n` : `${asTable(rows)}${pageLine(stage)}`);
}

/** Where it is only the deployed stage knows. */
function pageLine({ status }: Pick<CompiledStage, 'status'>): string {
  if (!status) return '';
  const whom = { public: 'for everybody', iam: 'for AWS credentials' };
  const who = typeof status.access === 'object' ? 'for whoever has its token' : whom[status.access];
  return `a status page, ${who}: sls ops status says where\n`;
}

type AnyRow = PlannedRow | MaintenanceRow | FloorRow;

/** What is neither started nor stopped by it. */
function isBeside(row: AnyRow): row is MaintenanceRow | FloorRow {
  return row.act === 'maintenance' || row.act === 'floor';
}

function asTable(rows: AnyRow[]): string {
  const table = new Table({ head: ['day', 'start', 'stopped by', 'workload', ''], style: { head: [], border: [] } });
  for (const row of rows) {
    const { act, at, stoppedBy = at, workload } = row;
    const skipped = 'skipped' in row && row.skipped;
    const stop = stoppedBy.slice(0, 10) === at.slice(0, 10) ? stoppedBy.slice(11, 16) : stoppedBy.slice(5, 16);
    table.push([
      at.slice(0, 10),
      act === 'stop' ? '' : at.slice(11, 16),
      skipped ? '' : stop.replace('T', ' '),
      workload,
      words(row),
    ]);
  }
  const starts = rows.filter((row): row is PlannedRow => row.act !== 'stop' && !isBeside(row));
  const skipped = starts.filter(({ skipped }) => skipped).length;
  return `${table.toString()}\n${starts.length - skipped} starts, ${skipped} skipped\n`;
}

function floorWords({ workers }: FloorRow): string {
  return `at least ${workers} worker${workers === 1 ? '' : 's'}`;
}

function words(row: AnyRow): string {
  if (row.act === 'maintenance') return 'maintenance: watched, neither said to be down nor recovered';
  if (row.act === 'floor') return floorWords(row);
  const { act, at, stoppedBy = '', skipped, note } = row;
  if (skipped) return `skipped: ${skipped}`;
  const up = act === 'start' ? `up ${at.slice(11, 16)}–${stoppedBy.slice(11, 16)}` : '';
  return [up, note].filter(Boolean).join('; ');
}

/** One event for each run, for each time that an environment is up, and for each maintenance. */
function calendarOf(rows: AnyRow[], stage: string): string {
  const calendar = ical({ name: `Lamplighter ${stage}` });
  for (const row of rows) {
    const { workload, at, stoppedBy } = row;
    const { skipped, note } = isBeside(row)
      ? { skipped: undefined, note: row.act === 'floor' ? floorWords(row) : row.act }
      : row;
    if (stoppedBy)
      calendar.createEvent({
        id: `${workload}-${at}`,
        start: new Date(at),
        end: new Date(stoppedBy),
        summary: skipped ? `${workload} (skipped: ${skipped})` : workload,
        ...(note && { description: note }),
      });
  }
  return `${calendar.toString()}\r\n`;
}
