import { describe, expect, test } from '@jest/globals';
import type { Input } from '../../../functions/admit-run/contract.ts';
import { admitRun } from '../../../functions/admit-run/handler.ts';
import type { Calendar } from '../../../shared/stage/compiled.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { anEnvironment, aStage, STOP_EXECUTION } from '../../shared/builders.ts';

/** `chat-app` is up on weekdays from 09:00 to 18:00 in Seoul; 2 November 2026 is a Monday. */
const seoul = (time: string, day = '2026-11-02') => new Date(`${day}T${time}:00+09:00`).toISOString();

interface World {
  /** When it is asked; the execution began then too, unless said otherwise. */
  at: string;
  calendar?: Partial<Calendar>;
  held?: string;
  kept?: string;
  failures?: number;
  holder?: string;
  emergency?: boolean;
}

function world({ at, calendar, held, kept, failures, holder, emergency = false }: World) {
  const claimed: Run[] = [];
  const leased: string[] = [];
  const asked: string[] = [];
  const effects = {
    stage: () =>
      aStage({
        calendar: { closed: {}, open: [], until: '2028-12-31', ...calendar },
        workloads: { 'chat-app': anEnvironment() },
      }),
    claimRun: async (run: Run) => {
      claimed.push(run);
      return 'claimed' as const;
    },
    heldBack: async () => {
      asked.push('heldBack');
      return held;
    },
    isEmergency: async () => emergency,
    kept: async () => {
      asked.push('kept');
      return kept;
    },
    overBudget: async () => {
      asked.push('overBudget');
      return undefined;
    },
    getBreaker: async () => {
      asked.push('getBreaker');
      return failures === undefined ? undefined : { failures, lastRun: 'before' };
    },
    takeLease: async ({ key }: { key: string }) => {
      leased.push(key);
      return holder;
    },
    now: () => Date.parse(at),
  };
  return { claimed, leased, asked, effects };
}

const event = (act: Input['act'], request: Partial<Input['request']>, startedAt: string): Input => ({
  request: { workload: 'chat-app', by: 'schedule', parameters: {}, ...request },
  act,
  execution: STOP_EXECUTION,
  startedAt,
});
/** What is scheduled for a time, delivered at once, and asked at `at`. */
const scheduled = (act: 'start' | 'stop', scheduledFor: string, world_: Omit<World, 'at'> & { at?: string } = {}) =>
  admitRun(event(act, { scheduledFor }, scheduledFor), world({ at: scheduledFor, ...world_ }).effects);
const byHand = (act: 'start' | 'stop', at: string, rest: Omit<World, 'at'> = {}) =>
  admitRun(event(act, { by: 'ana' }, at), world({ at, ...rest }).effects);

const skipped = (reason: string | RegExp) => ({
  decision: 'skip',
  reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
});
const SUNDAY = '2026-11-01';
const HOLIDAY = { closed: { '2026-11-02': 'Founding Day' } };
const KEPT = 'kept by ben until 2026-11-02T22:00:00+09:00: looking at it';

describe('admitRun, the start of an environment', () => {
  test('nothing against it - runs, with the lease taken and the record written', async () => {
    const { effects, claimed, leased } = world({ at: seoul('09:00') });
    const answer = await admitRun(event('start', { scheduledFor: seoul('09:00') }, seoul('09:00')), effects);
    expect(answer).toMatchObject({
      decision: 'run',
      run: { kind: 'environment', act: 'start', key: '2026-11-02T09:00' },
    });
    expect(answer.reason).toBeUndefined();
    expect(leased).toEqual(['2026-11-02T09:00']);
    expect(claimed).toMatchObject([{ kind: 'environment', act: 'start', status: 'running' }]);
  });

  test.each<[string, Promise<unknown>, string | RegExp]>([
    ['a holiday', scheduled('start', seoul('09:00'), { calendar: HOLIDAY }), 'closed: Founding Day'],
    [
      'a Sunday, where the calendar has special working days',
      scheduled('start', seoul('09:00', SUNDAY), { calendar: { open: ['2026-10-31'] } }),
      'not a working day: Sunday',
    ],
    ['paused', scheduled('start', seoul('09:00'), { held: 'paused by ben: x' }), 'paused by ben: x'],
    ['the breaker is open', scheduled('start', seoul('09:00'), { failures: 5 }), /^breaker open: 5 failures in a row/],
  ])('%s - skipped with the reason', async (_, answer, reason) => {
    expect(await answer).toMatchObject(skipped(reason));
  });

  test('a special working Saturday - runs', async () => {
    const calendar = { open: ['2026-11-07'] };
    expect(await scheduled('start', seoul('09:00', '2026-11-07'), { calendar })).toMatchObject({ decision: 'run' });
  });

  test('kept - runs: a keep is no reason not to start', async () => {
    expect(await scheduled('start', seoul('09:00'), { kept: KEPT })).toMatchObject({ decision: 'run' });
  });

  test('delivered an hour late - runs; a second later - skipped', async () => {
    const late = (seconds: number) => {
      const at = new Date(Date.parse(seoul('09:00')) + seconds * 1000).toISOString();
      return admitRun(event('start', { scheduledFor: seoul('09:00') }, at), world({ at }).effects);
    };
    expect(await late(3600)).toMatchObject({ decision: 'run' });
    expect(await late(3601)).toMatchObject(skipped('late: delivered 60 minutes after its time'));
  });

  test('it waited until its hours were over - skipped; in their last minute - runs', async () => {
    const waited = (at: string) => scheduled('start', seoul('09:00'), { at });
    expect(await waited(seoul('17:59'))).toMatchObject({ decision: 'run' });
    expect(await waited(seoul('18:00'))).toMatchObject(skipped('late: its hours are over'));
  });

  test('by hand on a Sunday, a holiday, in the evening - runs, under a key of its own second', async () => {
    expect(await byHand('start', seoul('20:00', SUNDAY))).toMatchObject({
      decision: 'run',
      run: { key: '2026-11-01T20:00:00', by: 'ana' },
    });
    expect(await byHand('start', seoul('12:00'), { calendar: HOLIDAY })).toMatchObject({ decision: 'run' });
  });

  test('by hand while paused, or with the breaker open - skipped all the same', async () => {
    expect(await byHand('start', seoul('12:00'), { held: 'paused by ben: x' })).toMatchObject(
      skipped('paused by ben: x'),
    );
    expect(await byHand('start', seoul('12:00'), { failures: 5 })).toMatchObject(skipped(/^breaker open/));
  });

  test('by the sweeper on a holiday - skipped: it is no person', async () => {
    const request = { scheduledFor: seoul('09:00'), by: 'sweeper' };
    const { effects } = world({ at: seoul('09:05'), calendar: HOLIDAY });
    expect(await admitRun(event('start', request, seoul('09:05')), effects)).toMatchObject(skipped(/^closed/));
  });
});

describe('admitRun, the stop of an environment', () => {
  test('nothing against it - runs', async () => {
    expect(await scheduled('stop', seoul('18:00'))).toMatchObject({
      decision: 'run',
      run: { act: 'stop', key: '2026-11-02T18:00' },
    });
  });

  test.each<[string, Promise<unknown>]>([
    ['a Sunday', scheduled('stop', seoul('18:00', SUNDAY))],
    ['a holiday', scheduled('stop', seoul('18:00'), { calendar: HOLIDAY })],
    ['paused', scheduled('stop', seoul('18:00'), { held: 'paused by ben: x' })],
    ['the stage is paused', scheduled('stop', seoul('18:00'), { held: 'the stage is paused by ben: x' })],
    ['the breaker is open', scheduled('stop', seoul('18:00'), { failures: 50 })],
    [
      'delivered five hours late',
      admitRun(event('stop', { scheduledFor: seoul('18:00') }, seoul('23:00')), world({ at: seoul('23:00') }).effects),
    ],
  ])('%s - runs: stopping always works', async (_, answer) => {
    expect(await answer).toMatchObject({ decision: 'run' });
  });

  test('pause and breaker - are not even asked about', async () => {
    const { asked, effects } = world({ at: seoul('18:00') });
    await admitRun(event('stop', { scheduledFor: seoul('18:00') }, seoul('18:00')), effects);
    expect(asked).toEqual(['kept']);
  });

  test('kept by a person - skipped, and the lease is not taken from others', async () => {
    const { effects, leased } = world({ at: seoul('18:00'), kept: KEPT });
    const asked = event('stop', { scheduledFor: seoul('18:00') }, seoul('18:00'));
    expect(await admitRun(asked, effects)).toMatchObject(skipped(KEPT));
    expect(leased).toEqual([]);
  });

  test('it should be up now, as when it was delivered a night late - skipped', async () => {
    const next = seoul('09:30', '2026-11-03');
    const { effects } = world({ at: next });
    expect(await admitRun(event('stop', { scheduledFor: seoul('18:00') }, next), effects)).toMatchObject(
      skipped('within its hours'),
    );
  });

  test('by the sweeper within the hours - skipped; by hand - runs', async () => {
    const { effects } = world({ at: seoul('12:00') });
    const request = { by: 'sweeper', retryOf: '2026-11-01T18:00' };
    expect(await admitRun(event('stop', request, seoul('12:00')), effects)).toMatchObject(skipped('within its hours'));
    expect(await byHand('stop', seoul('12:00'))).toMatchObject({ decision: 'run' });
  });

  test.each<[string, Input['request']['by'], boolean]>([
    ['by the emergency stop, whose gate could not be closed', 'emergency', false],
    ['by the sweeper, in an emergency', 'sweeper', true],
  ])('%s - neither its hours nor a person who keeps it are against it', async (_, by, emergency) => {
    const { effects, leased } = world({ at: seoul('12:00'), kept: KEPT, emergency });
    expect(await admitRun(event('stop', { by }, seoul('12:00')), effects)).toMatchObject({ decision: 'run' });
    expect(leased).toHaveLength(1);
  });

  test('by the emergency stop while another run is at it - waits, as every stop does', async () => {
    const { effects } = world({ at: seoul('12:00'), emergency: true, holder: '2026-11-02T09:00' });
    expect(await admitRun(event('stop', { by: 'emergency' }, seoul('12:00')), effects)).toMatchObject({
      decision: 'wait',
    });
  });

  test('by hand while the stage is kept - skipped, and the answer says by whom', async () => {
    expect(await byHand('stop', seoul('12:00'), { kept: KEPT })).toMatchObject(skipped(KEPT));
  });
});

describe('admitRun, while another run of the environment is going on', () => {
  const holder = '2026-11-02T09:00';
  const busy = `busy: the run of ${holder} is still going on`;

  test.each(['start', 'stop'] as const)('%s - waits as long as it may take, and is then left out', async (act) => {
    const at = act === 'start' ? '09:00' : '18:00';
    const after = (minutes: number) => new Date(Date.parse(seoul(at)) + minutes * 60_000).toISOString();
    const asked = (minutes: number) => scheduled(act, seoul(at), { at: after(minutes), holder });
    expect(await asked(0)).toMatchObject({ decision: 'wait', reason: busy });
    expect(await asked(59)).toMatchObject({ decision: 'wait', reason: busy });
    expect(await asked(60)).toMatchObject({ decision: 'skip', reason: busy });
  });

  test('asked again after the other one ended - the same plan, and runs', async () => {
    const waiting = await scheduled('stop', seoul('18:00'), { holder });
    const { effects } = world({ at: seoul('18:20') });
    const { decision, run } = await admitRun(event('stop', { scheduledFor: seoul('18:00') }, seoul('18:00')), effects);
    expect(decision).toBe('run');
    expect(run).toEqual(waiting.run);
  });

  test('kept meanwhile - skipped as kept', async () => {
    expect(await scheduled('stop', seoul('18:00'), { at: seoul('18:20'), kept: KEPT, holder })).toMatchObject(
      skipped(KEPT),
    );
  });
});

test('admitRun, an environment that is neither started nor stopped - InvalidInput, and nothing is written', async () => {
  const { effects, claimed } = world({ at: seoul('18:00') });
  await expect(admitRun(event(undefined, {}, seoul('18:00')), effects)).rejects.toMatchObject({ name: 'InvalidInput' });
  expect(claimed).toEqual([]);
});
