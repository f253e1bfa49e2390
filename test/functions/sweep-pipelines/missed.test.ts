import { describe, expect, test } from '@jest/globals';
import { startMissing } from '../../../functions/sweep-pipelines/missing.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { PipelineWorkload } from '../../../shared/stage/compiled.ts';
import { aStage } from '../../shared/builders.ts';
import { aFollower, aPipeline, aPipelineRun } from '../../shared/pipeline/a-run.ts';

const at = (day: number, time: string) => Date.parse(`2026-11-${day}T${time}:00+09:00`);
const key = (day: number) => `2026-11-${day}T16:30`;

async function swept(
  since: number | undefined,
  now: number,
  pipeline: Partial<PipelineWorkload> = {},
  known: string[] = [],
  seen = Date.parse('2026-01-01T00:00:00Z'),
) {
  const started: { name: string; request: Record<string, unknown> }[] = [];
  const published: Notice[] = [];
  const marked: number[] = [];
  const workloads = { collection: aPipeline(pipeline), indicators: aFollower() };
  const answer = await startMissing(now, {
    stage: () => aStage({ workloads }),
    watchedUntil: async () => since,
    setWatchedUntil: async (until: number) => {
      marked.push(until);
    },
    seenSince: async (names: string[]) => Object.fromEntries(names.map((name) => [name, seen])),
    getRun: async (_: string, of: string) => (known.includes(of) ? aPipelineRun({ key: of }) : undefined),
    startPipeline: async (_: string, name: string, request: object) =>
      started.push({ name, request: { ...request } }) > 0,
    publish: async (notice: Notice) => {
      published.push(notice);
    },
  });
  return { answer, started, published, marked };
}

describe('a pipeline that did not begin', () => {
  test('ten minutes ago - begun now, and said', async () => {
    const { answer, started, published } = await swept(at(23, '16:30'), at(23, '16:40'));
    expect(answer).toEqual([`collection ${key(23)}`]);
    const request = { workload: 'collection', key: key(23), scheduledFor: '2026-11-23T07:30:00.000Z', by: 'sweeper' };
    expect(started).toEqual([{ name: 'collection-202611231630-swept', request }]);
    expect(published).toMatchObject([{ cause: 'not-begun' }]);
  });

  test('the first sweep ever - nothing is begun for the past, and the mark is set', async () => {
    expect(await swept(undefined, at(23, '16:40'))).toMatchObject({ started: [], marked: [at(23, '16:40')] });
  });

  test('it has some minutes, and is looked for until then - the mark stays where nothing was due', async () => {
    const early = await swept(at(23, '16:20'), at(23, '16:40'), { begunWithinSeconds: 900 });
    expect([early.started, early.marked]).toEqual([[], []]);
    const late = await swept(at(23, '16:20'), at(23, '16:50'), { begunWithinSeconds: 900 });
    expect([late.started.length, late.marked]).toEqual([1, [at(23, '16:50')]]);
  });

  test('its time does not exist on this day - begun at the first minute after, and that is no fault', async () => {
    const berlin = { timezone: 'Europe/Berlin', at: [{ time: '02:30' }], days: 'every-day' as const };
    const after = Date.parse('2026-03-29T01:00:00Z');
    const { started, published } = await swept(after - 600_000, after, berlin);
    expect(started.map(({ request }) => request['key'])).toEqual(['2026-03-29T02:30']);
    expect(published).toMatchObject([{ severity: 'info' }]);
  });

  test('it did begin, or the exchange is closed - nothing', async () => {
    expect((await swept(at(23, '16:30'), at(23, '16:40'), {}, [key(23)])).started).toEqual([]);
    const closed = await swept(at(23, '16:30'), at(23, '16:40'), { closed: { '2026-11-23': 'closed' } });
    expect([closed.started, closed.published]).toEqual([[], []]);
  });

  test.each<[PipelineWorkload['catchUp'], number[]]>([
    ['none', []],
    ['latest', [23]],
    ['all', [19, 20, 23]],
  ])('for days, and %s of them are made up for - one after the other, and said', async (catchUp, days) => {
    const { answer, started, published } = await swept(at(19, '12:00'), at(24, '12:00'), { catchUp });
    const [first, ...next] = days.map((day) => ({
      key: key(day),
      scheduledFor: new Date(at(day, '16:30')).toISOString(),
    }));
    expect(answer).toEqual(days.map((day) => `collection ${key(day)}`));
    expect(started.map(({ request }) => request)).toEqual(
      first
        ? [{ workload: 'collection', by: 'catch-up', ...first, again: { only: 'failed' }, ...(next[0] && { next }) }]
        : [],
    );
    expect(published).toMatchObject([{ cause: 'missed', workload: 'collection' }]);
  });

  test('it was first deployed in between - only what was due since then was missed', async () => {
    const { answer } = await swept(at(19, '12:00'), at(24, '12:00'), { catchUp: 'all' }, [], at(20, '18:00'));
    expect(answer).toEqual([`collection ${key(23)}`]);
    const fresh = await swept(at(19, '12:00'), at(24, '12:00'), { catchUp: 'all' }, [], at(24, '11:50'));
    expect([fresh.started, fresh.published]).toEqual([[], []]);
  });

  test('the sweep dies after it, and is repeated - made up for once', async () => {
    const [one, two] = [
      await swept(at(19, '12:00'), at(24, '12:00'), { catchUp: 'all' }),
      await swept(at(19, '12:00'), at(24, '12:10'), { catchUp: 'all' }),
    ];
    expect(one.started.map(({ name }) => name)).toEqual(two.started.map(({ name }) => name));
  });
});
