import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { routeNotices } from '../../../functions/route-notices/handler.ts';
import { aNotice } from '../../shared/builders.ts';
import { NoticeWorld } from '../../shared/notice-world.ts';

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const route = async (world: NoticeWorld, bodies: string[], more: object = {}) =>
  (
    await routeNotices(
      { Records: bodies.map((body, index) => ({ messageId: String(index), body })) },
      { ...world.routing(), ...more },
    )
  ).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

const alarm = (NewStateValue: string, StateChangeTime: string) =>
  JSON.stringify({
    ...{ AlarmName: 'SweeperAlarm', AlarmDescription: null, NewStateReason: 'Threshold crossed' },
    ...{ NewStateValue, StateChangeTime, OldStateValue: 'OK' },
  });

test('something that is no notice - stays in the queue, logged, and the rest of the batch is routed', async () => {
  const world = new NoticeWorld();
  const bodies = [
    'hello',
    '{"hello":1}',
    JSON.stringify({ ...aNotice(), severity: 'loud' }),
    JSON.stringify(aNotice()),
  ];
  expect(await route(world, bodies)).toEqual(['0', '1', '2']);
  expect(world.threads.size).toBe(1);
  expect(jest.mocked(console.error).mock.calls.join()).toContain('"messageId":"1"');
});

test('an alarm of CloudWatch, raised and over - one incident that opens and is resolved', async () => {
  const world = new NoticeWorld();
  await route(world, [alarm('ALARM', '2026-11-02T02:00:00.000+0000'), alarm('OK', '2026-11-02T02:30:00.000+0000')]);
  expect([...world.threads.values()]).toMatchObject([{ thread: 'cause SweeperAlarm', state: 'resolved', count: 1 }]);
});

test('a heartbeat - is passed on, and is no notice', async () => {
  const world = new NoticeWorld();
  const beat = jest.fn(async () => undefined);
  expect(await route(world, ['{"heartbeat":"2026-11-02T02:00:00Z"}'], { beat })).toEqual([]);
  expect(beat).toHaveBeenCalledTimes(1);
  expect(world.threads.size).toBe(0);
});

test('it died after the thread was written - the copy has the channels told, and nothing is counted twice', async () => {
  const world = new NoticeWorld();
  const body = JSON.stringify(aNotice({ cause: 'runs', state: 'open', severity: 'critical' }));
  const signalChannel = async () => {
    throw new Error('died');
  };
  expect(await route(world, [body], { signalChannel })).toEqual(['0']);
  expect(world.queued).toEqual([]);
  expect(await route(world, [body])).toEqual([]);
  expect(world.queued.map(({ queue }) => queue)).toEqual(['chat', 'notices']);
  await world.settle();
  expect(world.posts['chat']).toMatchObject([{ message: { incident: { count: 1 } } }]);
});

test('a look that was planned before another one - is not taken', async () => {
  const world = new NoticeWorld();
  await world.say(aNotice({ cause: 'runs', state: 'open', severity: 'critical' }));
  const before = structuredClone([...world.threads]);
  world.now += 24 * 3_600_000;
  await route(world, [JSON.stringify({ follow: { workload: 'nightly', thread: 'cause runs', at: 1 } })]);
  expect([...world.threads]).toEqual(before);
});
