import { describe, expect, test } from '@jest/globals';
import { compileStage } from '../../../shared/stage/compile.ts';
import type { Calendar } from '../../../shared/stage/compiled.ts';
import { readStage } from '../../../shared/stage/read.ts';
import { plan } from '../../../shared/time/plan-rows.ts';
import { daySkipped, plannedBetween, weekly } from '../../../shared/time/planned.ts';
import { aPipeline } from '../pipeline/a-run.ts';

const DAY = 86_400_000;
const CALENDAR: Calendar = { closed: { '2026-10-09': 'Hangul Day' }, open: ['2026-11-14'], until: '2028-12-31' };

describe('what a pipeline plans', () => {
  test('weekdays - a run on each, and none on the weekend', () => {
    const from = Date.parse('2026-11-05T00:00+09:00');
    const slots = plannedBetween(aPipeline(), { ...CALENDAR, open: [] }, from, from + 6 * DAY);
    expect(slots.map(({ act, key }) => `${act} ${key}`)).toEqual([
      ...['run 2026-11-05T16:30', 'run 2026-11-06T16:30', 'run 2026-11-09T16:30', 'run 2026-11-10T16:30'],
    ]);
  });

  test('one that another starts - nothing of its own', () => {
    expect(weekly(aPipeline({ at: [], after: 'other' }), CALENDAR)).toEqual([]);
  });

  test.each([
    ['a holiday', '2026-10-09T16:30', 'closed: Hangul Day'],
    ['a day on which the exchange is closed', '2026-12-31T16:30', 'closed: KRX'],
    ['a Saturday that the stage works and the exchange does not', '2026-11-14T16:30', 'closed: KRX'],
    ['any other day', '2026-12-30T16:30', undefined],
  ])('%s - skipped with its reason, or not', (_, key, reason) => {
    const pipeline = aPipeline({ closed: { '2026-11-14': 'KRX', '2026-12-31': 'KRX' } });
    expect(daySkipped(pipeline, 'run', key, CALENDAR)).toBe(reason);
  });

  test('every day - on holidays too, and not when it is closed itself', () => {
    const pipeline = aPipeline({ days: 'every-day', closed: { '2026-12-31': 'KRX' } });
    expect(daySkipped(pipeline, 'run', '2026-10-09T16:30', CALENDAR)).toBeUndefined();
    expect(daySkipped(pipeline, 'run', '2026-12-31T16:30', CALENDAR)).toBe('closed: KRX');
  });
});

describe('the plan of a stage with pipelines', () => {
  const example = compileStage(readStage('examples/daily-batch.yml'), 'dev', 2026);
  const from = Date.parse('2026-12-01T00:00+09:00');

  test('December of the example - its trading days, what is skipped, and what follows', () => {
    const rows = plan(example, from, from + 31 * DAY);
    expect(rows.filter(({ skipped }) => skipped).map(({ at, skipped }) => `${at.slice(5, 10)} ${skipped}`)).toEqual([
      ...['12-25 closed: Christmas Day', '12-31 closed: KRX'],
    ]);
    expect(rows).toHaveLength(23);
    expect(rows[0]).toEqual({
      ...{ workload: 'collection', act: 'run', at: '2026-12-01T16:30:00+09:00' },
      ...{ stoppedBy: '2026-12-01T17:00:00+09:00', note: 'its success starts indicators' },
    });
  });

  test('a chain of three - said of the first', () => {
    const fixture = compileStage(readStage('test/fixtures/pipelines.yml'), 'dev', 2026);
    const [row] = plan(fixture, from, from + DAY).filter(({ workload }) => workload === 'everything');
    expect(row).toMatchObject({ note: 'its success starts tangle, then last' });
  });
});
