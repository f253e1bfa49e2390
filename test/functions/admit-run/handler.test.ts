import { describe, expect, test } from '@jest/globals';
import { admitRun } from '../../../functions/admit-run/handler.ts';
import type { Calendar, CompiledStage } from '../../../shared/stage/compiled.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { ADMITTED, aStage, aWorkload, EXECUTION, KEY, SCHEDULED } from '../../shared/builders.ts';

interface World {
  stage?: CompiledStage;
  claim?: 'claimed' | 'duplicate';
  held?: string;
  over?: string;
  failures?: number;
  holder?: string;
}

/** The effects of a world, and what was done in it. */
function world({ stage = aStage(), claim = 'claimed', held, over, failures, holder }: World = {}) {
  const claimed: Run[] = [];
  const leased: string[] = [];
  return {
    claimed,
    leased,
    effects: {
      stage: () => stage,
      claimRun: async (run: Run) => {
        claimed.push(run);
        return claim;
      },
      heldBack: async () => held,
      overBudget: async () => over,
      getBreaker: async () => (failures === undefined ? undefined : { failures, lastRun: 'before' }),
      takeLease: async (run: { key: string }) => {
        leased.push(run.key);
        return holder;
      },
      isEmergency: async () => false,
      kept: async () => undefined as string | undefined,
      now: () => Date.parse(ADMITTED),
    },
  };
}

const request = { workload: 'nightly', scheduledFor: SCHEDULED, by: 'schedule', parameters: {} };
const event = { request, execution: EXECUTION, startedAt: ADMITTED };
const byHand = { ...event, request: { workload: 'nightly', by: 'ana', parameters: {} } };
const closedToday: Calendar = { closed: { '2026-11-02': 'Founding Day' }, open: [], until: '2028-12-31' };
const weekdays = (calendar = closedToday) =>
  aStage({ calendar, workloads: { nightly: aWorkload({ days: 'weekdays' }) } });

describe('admitRun', () => {
  test('nothing against it - runs, with the lease taken and the record written', async () => {
    const { claimed, leased, effects } = world();
    const answer = await admitRun(event, effects);
    expect(answer).toMatchObject({ decision: 'run', run: { key: KEY, by: 'schedule', execution: EXECUTION } });
    expect(answer.reason).toBeUndefined();
    expect(leased).toEqual([KEY]);
    expect(claimed).toEqual([
      expect.objectContaining({ status: 'running', key: KEY, safetyStop: 'dev-nightly-202611020200' }),
    ]);
    expect(claimed[0]).not.toHaveProperty('job');
  });

  test('the slot is another execution’s - a duplicate, and nothing is asked or taken', async () => {
    const { leased, effects } = world({ claim: 'duplicate', held: 'paused by ana: x', failures: 9 });
    expect(await admitRun(event, effects)).toMatchObject({ decision: 'duplicate', run: { key: KEY } });
    expect(leased).toEqual([]);
  });

  test('the same execution admits again - the same plan', async () => {
    const first = await admitRun(event, world().effects);
    expect(await admitRun(event, world().effects)).toEqual(first);
  });

  test.each<[string, World, RegExp]>([
    ['a holiday', { stage: weekdays() }, /^closed: Founding Day$/],
    [
      'a Sunday',
      { stage: aStage({ workloads: { nightly: aWorkload({ days: 'weekdays', timezone: 'America/New_York' }) } }) },
      /^not a working day: Sunday$/,
    ],
    [
      'over a limit of spending',
      {
        over: 'over budget: 20.31 of 20 US dollars spent today, nothing new until 2026-11-03T00:00:00+09:00 or resumed',
      },
      /^over budget: 20\.31 of 20 /,
    ],
    ['paused by a person', { held: 'paused by ana: moving house' }, /^paused by ana: moving house$/],
    ['the breaker is open', { failures: 3 }, /^breaker open: 3 failures in a row; resume nightly/],
    ['another run holds the lease', { holder: '2026-11-01T02:00' }, /^busy: the run of 2026-11-01T02:00/],
  ])('%s - skipped with the reason', async (_, against, reason) => {
    const answer = await admitRun(event, world(against).effects);
    expect(answer).toMatchObject({
      decision: 'skip',
      reason: expect.stringMatching(reason),
      run: { key: expect.any(String) },
    });
  });

  test.each<[string, World]>([
    ['a holiday', { stage: weekdays() }],
    ['paused', { held: 'paused by ana: x' }],
    ['the breaker is open', { failures: 3 }],
  ])('%s - the lease is not taken from others', async (_, against) => {
    const { leased, effects } = world(against);
    await admitRun(event, effects);
    expect(leased).toEqual([]);
  });

  test('a holiday that is worked specially - runs', async () => {
    const { effects } = world({ stage: weekdays({ ...closedToday, open: ['2026-11-02'] }) });
    expect(await admitRun(event, effects)).toMatchObject({ decision: 'run' });
  });

  test('one failure less than the breaker needs - runs', async () => {
    expect(await admitRun(event, world({ failures: 2 }).effects)).toMatchObject({ decision: 'run' });
  });

  test('delivered just in time - runs; a second later - skipped as late', async () => {
    const at = (seconds: number) => ({
      ...event,
      startedAt: new Date(Date.parse(SCHEDULED) + seconds * 1000).toISOString(),
    });
    expect(await admitRun(at(3600), world().effects)).toMatchObject({ decision: 'run' });
    expect(await admitRun(at(3601), world().effects)).toMatchObject({
      decision: 'skip',
      reason: 'late: delivered 60 minutes after its time',
    });
  });

  test('by hand on a holiday - runs, under a key of its own second', async () => {
    const answer = await admitRun(byHand, world({ stage: weekdays() }).effects);
    expect(answer).toMatchObject({ decision: 'run', run: { key: `${KEY}:05`, by: 'ana' } });
  });

  test.each<[string, World]>([
    ['paused', { held: 'paused by ben: x' }],
    ['the breaker is open', { failures: 3 }],
    ['busy', { holder: KEY }],
  ])('by hand while %s - skipped all the same', async (_, against) => {
    expect(await admitRun(byHand, world(against).effects)).toMatchObject({ decision: 'skip' });
  });

  test('the sweeper on a holiday - skipped: it makes up for the schedule, it is no person', async () => {
    const swept = { ...event, request: { ...request, by: 'sweeper' } };
    expect(await admitRun(swept, world({ stage: weekdays() }).effects)).toMatchObject({ decision: 'skip' });
  });

  test('a workload that the stage does not have - UnknownWorkload naming those it has, nothing written', async () => {
    const { claimed, effects } = world();
    const unknown = { ...event, request: { ...request, workload: 'nightlly' } };
    await expect(admitRun(unknown, effects)).rejects.toMatchObject({
      name: 'UnknownWorkload',
      message: expect.stringContaining('it has: nightly'),
    });
    expect(claimed).toEqual([]);
  });

  test('parameters that nobody declared - InvalidInput naming them, nothing written', async () => {
    const { claimed, effects } = world();
    const asked = { ...event, request: { ...request, parameters: { risk: 'high' } } };
    await expect(admitRun(asked, effects)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('risk'),
    });
    expect(claimed).toEqual([]);
  });
});
