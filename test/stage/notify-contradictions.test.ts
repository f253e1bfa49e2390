import { expect, test } from '@jest/globals';
import { notify as schema } from '../../shared/stage/notify.ts';
import { notifyContradictions } from '../../shared/stage/notify-contradictions.ts';
import type { StageFile } from '../../shared/stage/schema.ts';

const channels = {
  chat: { kind: 'discord', webhook: 'ssm:/lamplighter/dev/chat' },
  mail: { kind: 'email', to: ['ops@example.com'] },
};
const critical = { severity: ['critical'], to: ['chat'] };
const workloads = { nightly: {} } as unknown as StageFile['workloads'];

/** The faults of a block as `path: found`, with the ways to mend them. */
function faults(notify: object): string[] {
  const parsed = schema.parse({ channels, routes: [critical], ...notify });
  return notifyContradictions(parsed, workloads).map(
    ({ path, found, mend }) => `${path.join('.')}: ${String(found)} (${mend})`,
  );
}

test('channels that carry for each other, routes by workload and kind, escalation - nothing to object to', () => {
  const carried = { chat: { ...channels.chat, fallback: 'mail' }, mail: { ...channels.mail, fallback: 'chat' } };
  const route = { ...critical, workloads: ['nightly'], kinds: ['batch'], escalate: { after: '15m', to: ['mail'] } };
  expect(faults({ channels: carried, routes: [critical, route], quiet: { from: '22:00', to: '07:00' } })).toEqual([]);
});

test.each([
  ['a route to no channel', { routes: [critical, { severity: ['info'], to: ['chta'] }] }, 'routes.1.to.0: chta'],
  [
    'an escalation to no channel',
    { routes: [{ ...critical, escalate: { after: '15m', to: ['phone'] } }] },
    'routes.0.escalate.to.0: phone',
  ],
  [
    'a route of no workload',
    { routes: [critical, { ...critical, workloads: ['nigthly'] }] },
    'routes.1.workloads.0: nigthly (did you mean nightly?)',
  ],
  ['a fallback that is no channel', { channels: { chat: { ...channels.chat, fallback: 'mial' } } }, 'fallback: mial'],
  [
    'a fallback to itself',
    { channels: { chat: { ...channels.chat, fallback: 'chat' } } },
    'channels.chat.fallback: chat (name another channel)',
  ],
  ['a name of our own', { channels: { ...channels, watch: channels.mail } }, 'channels.watch: watch'],
  ['quiet hours of no length', { quiet: { from: '07:00', to: '07:00' } }, 'quiet: from 07:00 to 07:00'],
  [
    'critical only of one workload',
    { routes: [{ ...critical, workloads: ['nightly'] }] },
    'routes: critical only of some workloads or kinds',
  ],
  ['no route for critical', { routes: [] }, 'routes: no route for critical'],
])('%s - named, with what was found', (_, notify, fault) => {
  const found = faults(notify);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(fault);
});
