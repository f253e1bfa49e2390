import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Serverless } from '../../plugin/framework.ts';
import { showPlan } from '../../plugin/plan.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { type Overrides, plan } from '../../shared/time/plan-rows.ts';
import { anEnvironment } from '../resources/environment.ts';
import { aQueue, aStage, aWorkload } from '../shared/builders.ts';
import { aService } from '../shared/watch/services.ts';

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
      { workload: 'nightly', act: 'run', at: '2026-11-02T02:00:00+09:00', stoppedBy: '2026-11-02T04:00:00+09:00' },
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
        act: 'run',
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
      { workload: 'nightly', act: 'run', at: '2026-11-01T01:30:00-04:00', stoppedBy: '2026-11-01T02:30:00-05:00' },
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

describe('plan of an environment', () => {
  const closed = { '2026-11-03': 'Culture Day' };
  const stage = aStage({
    calendar: { closed, open: [], until: '2028-12-31' },
    workloads: { chat: anEnvironment() },
  });
  const at = (local: string) => Date.parse(`2026-11-${local}+09:00`);
  const rows = (from: string, to: string, overrides: Overrides = {}, of = stage) =>
    plan(of, at(from), at(to), overrides).map((row) =>
      [row.act, row.at.slice(8, 16), row.stoppedBy?.slice(8, 16), row.skipped, row.note].filter(Boolean).join(' '),
    );
  const word = { by: 'jane', why: 'a demo' };

  test('a week with a day off - from start to stop, none at the weekend', () => {
    expect(rows('02T00:00', '09T00:00')).toEqual([
      'start 02T09:00 02T18:00',
      'start 03T09:00 03T18:00 closed: Culture Day',
      'start 04T09:00 04T18:00',
      'start 05T09:00 05T18:00',
      'start 06T09:00 06T18:00',
    ]);
  });

  test('one that is up when the plan begins - its stop', () => {
    expect(rows('02T14:00', '03T00:00')).toEqual(['stop 02T18:00']);
    expect(rows('02T09:00', '03T00:00')).toEqual(['start 02T09:00 02T18:00']);
    expect(rows('03T14:00', '04T00:00')).toEqual([]);
  });

  test('over midnight, and the plan ends in the night - its stop is said nevertheless', () => {
    const nights = aStage({
      workloads: { chat: anEnvironment({ hours: [{ days: ['fri'], from: '22:00', to: '06:00' }] }) },
    });
    expect(rows('06T00:00', '07T00:00', {}, nights)).toEqual(['start 06T22:00 07T06:00']);
  });

  test('paused until noon on Thursday - its starts until then are skipped, by whom and why', () => {
    const until = '2026-11-05T12:00:00+09:00';
    expect(rows('02T12:00', '07T00:00', { chat: [{ act: 'pause', ...word, until }] })).toEqual([
      'stop 02T18:00',
      'start 03T09:00 03T18:00 closed: Culture Day',
      'start 04T09:00 04T18:00 paused by jane until 2026-11-05 12:00: a demo',
      'start 05T09:00 05T18:00 paused by jane until 2026-11-05 12:00: a demo',
      'start 06T09:00 06T18:00',
    ]);
  });

  test('the stage paused without an end, after the first start - all that start later', () => {
    const said: Overrides = { '': [{ act: 'pause', ...word, at: '2026-11-04T10:00:00+09:00' }] };
    expect(rows('04T00:00', '06T00:00', said)).toEqual([
      'start 04T09:00 04T18:00',
      'start 05T09:00 05T18:00 the stage is paused by jane: a demo',
    ]);
  });

  test('a skipped day - said, and another workload runs', () => {
    const said: Overrides = { chat: [{ act: 'skip', ...word, until: '2026-11-05T00:00:00+09:00' }] };
    const both = { ...stage, workloads: { ...stage.workloads, job: aWorkload() } };
    expect(rows('04T00:00', '05T00:00', said, both)).toEqual([
      'run 04T02:00 04T04:00',
      'start 04T09:00 04T18:00 by jane until 2026-11-05 00:00: a demo',
    ]);
  });

  test('kept until 22:00 - is stopped then, with a note', () => {
    const said: Overrides = { chat: [{ act: 'keep', ...word, until: '2026-11-02T22:00:00+09:00' }] };
    const note = 'kept until 2026-11-02 22:00 by jane: a demo';
    expect(rows('02T00:00', '03T00:00', said)).toEqual([`start 02T09:00 02T22:00 ${note}`]);
    expect(rows('02T14:00', '03T00:00', said)).toEqual([`stop 02T22:00 ${note}`]);
  });

  test('kept into its next hours - is stopped at their end', () => {
    const said: Overrides = { '': [{ act: 'keep', ...word, until: '2026-11-05T10:00:00+09:00' }] };
    expect(rows('04T00:00', '06T00:00', said)).toEqual([
      'start 04T09:00 05T18:00 kept until 2026-11-05 10:00 by jane: a demo',
      'start 05T09:00 05T18:00',
    ]);
  });

  test('two keeps - the longer one counts', () => {
    const said: Overrides = {
      '': [{ act: 'keep', ...word, until: '2026-11-04T20:00:00+09:00' }],
      chat: [{ act: 'keep', ...word, until: '2026-11-04T19:00:00+09:00' }],
    };
    expect(rows('04T00:00', '05T00:00', said)).toEqual([
      'start 04T09:00 04T20:00 kept until 2026-11-04 20:00 by jane: a demo',
    ]);
  });

  test('kept on a Sunday, when only a person can have started it - its stop', () => {
    const said: Overrides = { chat: [{ act: 'keep', ...word, until: '2026-11-08T22:00:00+09:00' }] };
    expect(rows('08T14:00', '09T00:00', said)).toEqual(['stop 08T22:00 kept until then by jane: a demo']);
    expect(rows('08T14:00', '08T21:00', said)).toEqual([]);
  });

  test('paused and kept on one day - does not start, and is kept until then', () => {
    const until = '2026-11-04T22:00:00+09:00';
    const said: Overrides = {
      chat: [
        { act: 'pause', ...word, until },
        { act: 'keep', ...word, until },
      ],
    };
    expect(rows('04T00:00', '05T00:00', said)).toEqual([
      'start 04T09:00 04T18:00 paused by jane until 2026-11-04 22:00: a demo',
      'stop 04T22:00 kept until then by jane: a demo',
    ]);
  });

  test('hours that begin in the gap of spring - start at its end, with a note', () => {
    const berlin = aStage({
      workloads: {
        chat: anEnvironment({ timezone: 'Europe/Berlin', hours: [{ days: ['sun'], from: '02:30', to: '08:00' }] }),
      },
    });
    const from = Date.parse('2027-03-28T00:00+01:00');
    expect(plan(berlin, from, from + DAY)).toEqual([
      {
        workload: 'chat',
        act: 'start',
        at: '2027-03-28T03:00:00+02:00',
        stoppedBy: '2027-03-28T08:00:00+02:00',
        note: '02:30 does not exist on this day: starts at the first minute after',
      },
    ]);
  });

  test('a batch that is kept - runs, and its instance stays on', () => {
    const said: Overrides = { nightly: [{ act: 'keep', ...word, until: '2026-11-04T12:00:00+09:00' }] };
    expect(rows('04T00:00', '05T00:00', said, aStage())).toEqual([
      'run 04T02:00 04T04:00 its instance is kept on until 2026-11-04 12:00 by jane: a demo',
    ]);
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

  const show = (compiled: CompiledStage, options: Record<string, string | boolean>, overrides: Overrides = {}) =>
    showPlan(
      { service: { custom: { estate: { compiled } } } } as unknown as Serverless,
      { from: '2026-11-02T00:00+09:00', ...options },
      { liveOverrides: async () => overrides },
    );
  const chat = aStage({ workloads: { chat: anEnvironment() } });
  const said: Overrides = { chat: [{ act: 'pause', by: 'jane', why: 'a demo', until: '2026-11-02T12:00+09:00' }] };

  test('the table - the skipped ones with their reason, and how many of each', async () => {
    await show(office, { days: '7' });
    expect(printed).toMatch(/2026-11-03.*09:00.*office.*skipped: closed: Culture Day/);
    expect(printed).toContain('5 starts, 2 skipped');
  });

  test('--json - what plan says', async () => {
    await show(office, { days: '3', json: true });
    expect(JSON.parse(printed)).toEqual(plan(office, MONDAY, MONDAY + 3 * DAY));
  });

  test('what is done on services - in the table and in JSON, in the order of time, and no start', async () => {
    const maintenance = [{ days: ['mon' as const], from: '01:00', to: '01:30' }];
    const stage = aStage({ services: { web: aService({ maintenance }) } });
    await show(stage, { days: '1' });
    expect(printed).toMatch(/2026-11-02 │ 01:00 │ 01:30 +│ web +│ maintenance: watched/);
    expect(printed.indexOf(' web ')).toBeLessThan(printed.indexOf('nightly'));
    expect(printed).toContain('1 starts, 0 skipped');
    printed = '';
    await show(stage, { days: '1', json: true });
    expect(JSON.parse(printed)[0]).toEqual({
      ...{ workload: 'web', act: 'maintenance' },
      ...{ at: '2026-11-02T01:00:00+09:00', stoppedBy: '2026-11-02T01:30:00+09:00' },
    });
  });

  test('floors of workers - among the starts, and none of them', async () => {
    const hours = { days: ['mon' as const], from: '01:00', to: '01:30' };
    const floor = [
      { ...hours, workers: 1 },
      { ...hours, from: '22:00', to: '23:00', workers: 5 },
    ];
    const { scaling } = aQueue();
    const stage = aStage({ queues: { crawl: aQueue({ scaling: { ...scaling, floor } }) } });
    const file = join(folder, 'plan.ics');
    await show(stage, { days: '1', ics: file });
    expect(printed).toMatch(/2026-11-02 │ 01:00 │ 01:30 +│ crawl +│ at least 1 worker +│/);
    expect(printed).toMatch(/2026-11-02 │ 22:00 │ 23:00 +│ crawl +│ at least 5 workers/);
    expect(printed.indexOf('crawl')).toBeLessThan(printed.indexOf('nightly'));
    expect(printed).toContain('1 starts, 0 skipped');
    expect(eventsOf(readFileSync(file, 'utf8')).map(({ SUMMARY, DESCRIPTION }) => [SUMMARY, DESCRIPTION])).toEqual([
      ['crawl', 'at least 1 worker'],
      ['nightly', undefined],
      ['crawl', 'at least 5 workers'],
    ]);
    printed = '';
    await show(stage, { days: '1', json: true });
    expect(JSON.parse(printed)[0]).toEqual({
      ...{ workload: 'crawl', act: 'floor', workers: 1 },
      ...{ at: '2026-11-02T01:00:00+09:00', stoppedBy: '2026-11-02T01:30:00+09:00' },
    });
  });

  test('no days - a week', async () => {
    await show(aStage(), { json: true });
    expect(JSON.parse(printed)).toHaveLength(7);
  });

  test('--ics - a calendar that parses: an event for each start, in UTC, with ids of their own', async () => {
    const file = join(folder, 'plan.ics');
    await show(office, { days: '7', ics: file });
    const events = eventsOf(readFileSync(file, 'utf8'));
    expect(events).toHaveLength(7);
    expect(events[0]).toMatchObject({ DTSTART: '20261102T000000Z', DTEND: '20261102T020000Z', SUMMARY: 'office' });
    expect(events[1]?.['SUMMARY']).toBe('office (skipped: closed: Culture Day)');
    expect(new Set(events.map(({ UID }) => UID)).size).toBe(7);
  });

  test('the table of an environment - when it is up', async () => {
    await show(chat, { days: '1' });
    expect(printed).toMatch(/2026-11-02.*09:00.*18:00.*chat.*up 09:00–18:00/);
    expect(printed).toContain('1 starts, 0 skipped');
  });

  test('a stop on another day - with its date', async () => {
    const nights = { chat: anEnvironment({ hours: [{ days: ['fri'], from: '22:00', to: '06:00' }] }) };
    await show(aStage({ workloads: nights }), { days: '7' });
    expect(printed).toMatch(/2026-11-06.*22:00.*11-07 06:00.*chat.*up 22:00–06:00/);
  });

  test('--live - with what people have said', async () => {
    await show(chat, { days: '2', live: true }, said);
    expect(printed).toMatch(/2026-11-02.*09:00.*skipped: paused by jane until 2026-11-02 12:00: a demo/);
    expect(printed).toContain('1 starts, 1 skipped');
  });

  test('without --live - nobody is asked', async () => {
    await show(chat, { days: '2' }, said);
    expect(printed).toContain('2 starts, 0 skipped');
  });

  test('a stop alone - in the table, and no event', async () => {
    const file = join(folder, 'plan.ics');
    await show(chat, { from: '2026-11-02T14:00+09:00', days: '1', ics: file });
    expect(printed).toMatch(/2026-11-02[^0-9]*18:00.*chat/);
    expect(printed).toContain('1 starts, 0 skipped');
    expect(eventsOf(readFileSync(file, 'utf8')).map(({ DTSTART }) => DTSTART)).toEqual(['20261103T000000Z']);
  });

  test('--ics of an environment - one event from its start to its stop', async () => {
    const file = join(folder, 'plan.ics');
    await show(chat, { days: '1', ics: file });
    expect(eventsOf(readFileSync(file, 'utf8'))).toEqual([
      expect.objectContaining({ DTSTART: '20261102T000000Z', DTEND: '20261102T090000Z', SUMMARY: 'chat' }),
    ]);
  });

  test.each([
    [{ from: 'yesterday' }, '--from "yesterday"'],
    [{ days: '0' }, '--days "0"'],
    [{ days: '1.5' }, '--days "1.5"'],
    [{ days: 'week' }, '--days "week"'],
    [{ days: '367' }, 'from 1 to 366'],
  ])('%j - refused, naming the option and what was found', async (options, message) => {
    await expect(show(office, options as Record<string, string>)).rejects.toEqual(
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
