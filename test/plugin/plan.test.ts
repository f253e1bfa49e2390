import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Serverless } from '../../plugin/framework.ts';
import { plan, showPlan } from '../../plugin/plan.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { aStage, aWorkload } from '../shared/builders.ts';

const DAY = 86_400_000;
const MONDAY = Date.parse('2026-11-02T00:00:00+09:00');
const office = aStage({
  calendar: { closed: { '2026-11-03': 'Culture Day' }, open: ['2026-11-07'], until: '2028-12-31' },
  workloads: { office: aWorkload({ days: 'weekdays', at: [{ time: '09:00', parameters: {} }] }) },
});
const inNewYork = (time: string) =>
  aStage({ workloads: { nightly: aWorkload({ timezone: 'America/New_York', at: [{ time, parameters: {} }] }) } });

describe('plan', () => {
  test('a week with a day off and a Saturday that is worked - every day, with the reasons', () => {
    expect(plan(office, MONDAY, MONDAY + 7 * DAY).map(({ at, skipped }) => [at.slice(8, 10), skipped])).toEqual([
      ['02', undefined],
      ['03', 'closed: Culture Day'],
      ['04', undefined],
      ['05', undefined],
      ['06', undefined],
      ['07', undefined],
      ['08', 'not a working day: Sunday'],
    ]);
  });

  test('one start - in local time with its offset, and by when it is stopped', () => {
    expect(plan(aStage(), MONDAY, MONDAY + DAY)).toEqual([
      { workload: 'nightly', at: '2026-11-02T02:00:00+09:00', stoppedBy: '2026-11-02T04:00:00+09:00' },
    ]);
  });

  test('the end - is not included, the beginning is', () => {
    const start = Date.parse('2026-11-02T02:00:00+09:00');
    expect(plan(aStage(), start, start + 1)).toHaveLength(1);
    expect(plan(aStage(), start - 1000, start)).toHaveLength(0);
  });

  test('a time that does not exist in spring - runs at the first minute after, with a note', () => {
    const from = Date.parse('2027-03-13T12:00:00-05:00');
    expect(plan(inNewYork('02:30'), from, from + 2 * DAY)).toEqual([
      {
        workload: 'nightly',
        at: '2027-03-14T03:00:00-04:00',
        stoppedBy: '2027-03-14T05:00:00-04:00',
        note: '02:30 does not exist on this day: runs at the first minute after',
      },
      expect.objectContaining({ at: '2027-03-15T02:30:00-04:00' }),
    ]);
  });

  test('a time that occurs twice in autumn - once, and a run over the change is stopped two hours later', () => {
    const from = Date.parse('2026-10-31T12:00:00-04:00');
    expect(plan(inNewYork('01:30'), from, from + DAY)).toEqual([
      { workload: 'nightly', at: '2026-11-01T01:30:00-04:00', stoppedBy: '2026-11-01T02:30:00-05:00' },
    ]);
  });

  test('workloads of two zones - in the order in which they start', () => {
    const both = aStage({
      workloads: {
        seoul: aWorkload({ at: [{ time: '20:00', parameters: {} }] }),
        berlin: aWorkload({ timezone: 'Europe/Berlin', at: [{ time: '10:00', parameters: {} }] }),
      },
    });
    expect(plan(both, MONDAY, MONDAY + DAY).map(({ workload }) => workload)).toEqual(['berlin', 'seoul']);
  });
});

describe('showPlan', () => {
  let folder = '';
  let printed = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lamplighter-plan-'));
    printed = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const show = (compiled: CompiledStage, options: Record<string, string | boolean>) =>
    showPlan({ service: { custom: { estate: { compiled } } } } as unknown as Serverless, {
      from: '2026-11-02T00:00+09:00',
      ...options,
    });

  test('the table - the skipped ones with their reason, and how many of each', () => {
    show(office, { days: '7' });
    expect(printed).toMatch(/2026-11-03.*09:00.*office.*skipped: closed: Culture Day/);
    expect(printed).toContain('5 starts, 2 skipped');
  });

  test('--json - what plan says', () => {
    show(office, { days: '3', json: true });
    expect(JSON.parse(printed)).toEqual(plan(office, MONDAY, MONDAY + 3 * DAY));
  });

  test('no days - a week', () => {
    show(aStage(), { json: true });
    expect(JSON.parse(printed)).toHaveLength(7);
  });

  test('--ics - a calendar that parses: an event for each start, in UTC, with ids of their own', () => {
    const file = join(folder, 'plan.ics');
    show(office, { days: '7', ics: file });
    const events = eventsOf(readFileSync(file, 'utf8'));
    expect(events).toHaveLength(7);
    expect(events[0]).toMatchObject({ DTSTART: '20261102T000000Z', DTEND: '20261102T020000Z', SUMMARY: 'office' });
    expect(events[1]?.['SUMMARY']).toBe('office (skipped: closed: Culture Day)');
    expect(new Set(events.map(({ UID }) => UID)).size).toBe(7);
  });

  test.each([
    [{ from: 'yesterday' }, '--from "yesterday"'],
    [{ days: '0' }, '--days "0"'],
    [{ days: '1.5' }, '--days "1.5"'],
    [{ days: 'week' }, '--days "week"'],
    [{ days: '367' }, 'from 1 to 366'],
  ])('%j - refused, naming the option and what was found', (options, message) => {
    expect(() => show(office, options as Record<string, string>)).toThrow(
      expect.objectContaining({ name: 'OptionInvalid', message: expect.stringContaining(message) }),
    );
    expect(printed).toBe('');
  });
});

/** The events of a calendar file: RFC 5545 lines are unfolded, then split at the first colon. */
function eventsOf(text: string): Record<string, string>[] {
  const lines = text.replace(/\r\n[ \t]/g, '').split('\r\n');
  expect(lines[0]).toBe('BEGIN:VCALENDAR');
  expect(lines.filter((line) => line.trim()).at(-1)).toBe('END:VCALENDAR');
  const events: Record<string, string>[] = [];
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') events.push({});
    const [name = '', value = ''] = line.split(/:(.*)/s);
    const event = events.at(-1);
    if (event) event[name] = value;
  }
  return events;
}
