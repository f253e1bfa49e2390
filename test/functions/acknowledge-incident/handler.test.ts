import { expect, test } from '@jest/globals';
import { acknowledgeIncident } from '../../../functions/acknowledge-incident/handler.ts';
import { aNotice, aNotify } from '../../shared/builders.ts';
import { NOON, NoticeWorld } from '../../shared/notice-world.ts';

const HOUR = 3_600_000;

/** A stage in which two incidents of one workload and one of another are open. */
async function world(): Promise<NoticeWorld> {
  const world = new NoticeWorld({ notify: aNotify() });
  const critical = { state: 'open', severity: 'critical' } as const;
  await world.say(aNotice({ id: '1', cause: 'runs', ...critical, title: 'nightly failed' }));
  world.now += 1000;
  await world.say(aNotice({ id: '2', cause: 'disk', ...critical, title: 'the disk is full' }));
  await world.say(aNotice({ id: '3', workload: 'shop', cause: 'runs', ...critical, title: 'shop failed' }));
  return world;
}

const acknowledge = (world: NoticeWorld, asked: { workload: string; cause?: string }) =>
  acknowledgeIncident({ ...asked, by: 'kim' }, world.routing());

const reminders = ({ posts }: NoticeWorld) =>
  (posts['chat'] ?? []).flatMap(({ message: { because, notice } }) => (because ? [notice.title] : []));

test('one incident - it alone is acknowledged, its message says by whom, and nobody is reminded of it', async () => {
  const one = await world();
  expect(await acknowledge(one, { workload: 'nightly', cause: 'runs' })).toEqual({ acknowledged: ['runs'] });
  await one.settle();
  expect(one.posts['chat']?.[0]).toMatchObject({ edits: 1, message: { incident: { acknowledged: { by: 'kim' } } } });
  await one.pass(HOUR + 2000);
  expect(reminders(one).toSorted()).toEqual(['shop failed', 'the disk is full']);
});

test('a workload - every open incident of it', async () => {
  const one = await world();
  expect((await acknowledge(one, { workload: 'nightly' })).acknowledged.toSorted()).toEqual(['disk', 'runs']);
  await one.pass(HOUR + 2000);
  expect(reminders(one)).toEqual(['shop failed']);
});

test('acknowledged twice - the first stays', async () => {
  const one = await world();
  await acknowledge(one, { workload: 'shop' });
  await acknowledgeIncident({ workload: 'shop', by: 'lee' }, one.routing());
  expect(one.threads.get('shop cause runs')?.acknowledged).toEqual({ by: 'kim', at: NOON + 1000 });
});

test('nothing is open - nothing is acknowledged', async () => {
  expect(await acknowledge(await world(), { workload: 'other' })).toEqual({ acknowledged: [] });
});
