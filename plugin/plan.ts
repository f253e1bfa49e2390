import { writeFileSync } from 'node:fs';
import Table from 'cli-table3';
import ical from 'ical-generator';
import { dayOff, localTime, slotsBetween } from '../shared/slots.ts';
import type { CompiledStage } from '../shared/stage/compiled.ts';
import type { Serverless } from './framework.ts';
import { OptionInvalid, wholeNumber } from './options.ts';

export const planCommand = {
  usage: 'Show what will start and stop when, and what is skipped and why',
  lifecycleEvents: ['show'],
  options: {
    'stage-file': { usage: 'Another stage file than stages/<stage>.yml', type: 'string' },
    from: { usage: 'From when, such as 2026-11-01 or 2026-11-01T09:00Z (now)', type: 'string' },
    days: { usage: 'How many days (7)', type: 'string' },
    ics: { usage: 'Write a calendar file', type: 'string' },
    json: { usage: 'Print JSON', type: 'boolean' },
  },
} as const;

/** One planned start. Times are local to the workload, with their offset. */
export interface PlannedStart {
  workload: string;
  at: string;
  /** By when it is stopped, whatever happens. */
  stoppedBy: string;
  skipped?: string;
  note?: string;
}

/** `sls plan`. */
export function showPlan({ service }: Serverless, options: Record<string, string | boolean | undefined>): void {
  const from = options['from'] === undefined ? Date.now() : Date.parse(String(options['from']));
  if (Number.isNaN(from))
    throw new OptionInvalid('from', options['from'], 'a time such as 2026-11-01 or 2026-11-01T09:00Z');
  const days = wholeNumber('days', options['days'], 7, 1, 366);
  const stage = service.custom.estate.compiled;
  const starts = plan(stage, from, from + days * 86_400_000);
  if (options['ics']) writeFileSync(String(options['ics']), calendarOf(starts, stage.stage));
  process.stdout.write(options['json'] ? `${JSON.stringify(starts, null, 2)}\n` : asTable(starts));
}

/**
 * Every start of a stage in [from, to), earliest first, with the reason where the calendar skips it.
 *
 * @param from milliseconds since the epoch
 * @param to milliseconds since the epoch
 */
export function plan(stage: CompiledStage, from: number, to: number): PlannedStart[] {
  const starts = Object.entries(stage.workloads).flatMap(([workload, schedule]) =>
    slotsBetween(schedule, stage.calendar, from, to).map((slot) => {
      const skipped = dayOff(slot.key, schedule.days, stage.calendar);
      return {
        instant: slot.at,
        workload,
        at: localTime(slot.at, schedule.timezone),
        stoppedBy: localTime(slot.at + schedule.deadlineSeconds * 1000, schedule.timezone),
        ...(skipped && { skipped }),
        ...(slot.inGap && { note: `${slot.key.slice(11)} does not exist on this day: runs at the first minute after` }),
      };
    }),
  );
  return starts.sort((a, b) => a.instant - b.instant).map(({ instant: _, ...start }) => start);
}

function asTable(starts: PlannedStart[]): string {
  const table = new Table({ head: ['day', 'start', 'stopped by', 'workload', ''], style: { head: [], border: [] } });
  for (const { at, stoppedBy, workload, skipped, note } of starts)
    table.push([
      at.slice(0, 10),
      at.slice(11, 16),
      skipped ? '' : stoppedBy.slice(11, 16),
      workload,
      skipped ? `skipped: ${skipped}` : (note ?? ''),
    ]);
  return `${table.toString()}\n${starts.filter(({ skipped }) => !skipped).length} starts, ${starts.filter(({ skipped }) => skipped).length} skipped\n`;
}

function calendarOf(starts: PlannedStart[], stage: string): string {
  const calendar = ical({ name: `Lamplighter ${stage}` });
  for (const { workload, at, stoppedBy, skipped, note } of starts)
    calendar.createEvent({
      id: `${workload}-${at}`,
      start: new Date(at),
      end: new Date(stoppedBy),
      summary: skipped ? `${workload} (skipped: ${skipped})` : workload,
      ...(note && { description: note }),
    });
  return `${calendar.toString()}\r\n`;
}
