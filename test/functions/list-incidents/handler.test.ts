import { expect, test } from '@jest/globals';
import { listIncidents } from '../../../functions/list-incidents/handler.ts';
import { aNotice, aNotify } from '../../shared/builders.ts';
import { NoticeWorld } from '../../shared/notice-world.ts';

test('what is open - the oldest first, of all or of one workload, with who sees to it', async () => {
  const world = new NoticeWorld({ notify: aNotify() });
  const open = { state: 'open', severity: 'critical' } as const;
  await world.say(aNotice({ id: '1', cause: 'runs', ...open, title: 'nightly failed' }));
  await world.say(aNotice({ id: '2', cause: 'runs', ...open, title: 'nightly failed' }));
  world.now += 1000;
  await world.say(aNotice({ id: '3', workload: 'shop', cause: 'disk', ...open, title: 'the disk is full' }));
  await world.say(aNotice({ id: '4', cause: 'late' }));
  const disk = world.threads.get('shop cause disk');
  if (disk) world.threads.set('shop cause disk', { ...disk, acknowledged: { by: 'kim', at: world.now } });

  const common = { severity: 'critical' };
  const nightly = { ...common, workload: 'nightly', cause: 'runs', title: 'nightly failed', count: 2 };
  const shop = {
    ...common,
    workload: 'shop',
    cause: 'disk',
    title: 'the disk is full',
    count: 1,
    acknowledgedBy: 'kim',
  };
  expect(await listIncidents({}, world.routing())).toEqual({
    incidents: [
      { ...nightly, since: '2026-11-02T12:00:00+09:00' },
      { ...shop, since: '2026-11-02T12:00:01+09:00' },
    ],
  });
  expect((await listIncidents({ workload: 'shop' }, world.routing())).incidents).toMatchObject([shop]);
});
