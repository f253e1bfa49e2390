import { expect, test } from '@jest/globals';
import { CloudFormation } from '../../rehearsal/aws/cloudformation.ts';
import type { Ssm } from '../../rehearsal/aws/ssm.ts';
import { VirtualClock } from '../../rehearsal/clock.ts';
import { Outside, type Response } from '../../rehearsal/outside.ts';
import { Random } from '../../rehearsal/random.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { keepSecrets } from '../../rehearsal/secrets.ts';
import { World } from '../../rehearsal/world.ts';
import type { Channel } from '../../shared/stage/compiled.ts';
import { aNotify, aStage } from '../shared/builders.ts';
import { act } from './stage.ts';
import { MONDAY } from './world.ts';

const channels: Record<string, Channel> = {
  chat: { kind: 'discord', webhook: 'ssm:/test/chat' },
  team: { kind: 'slack', webhook: 'ssm:/test/team' },
  office: { kind: 'teams', webhook: 'ssm:/test/office' },
  server: { kind: 'webhook', url: 'https://example.com/notices', secret: 'ssm:/test/key' },
  hidden: { kind: 'webhook', url: 'ssm:/test/hidden', secret: 'ssm:/test/key-of-hidden' },
  phone: { kind: 'sms', to: ['+12025550123'] },
};

/** The world outside, in which every webhook is posted to once. */
async function postToAll(faults: object[] = []) {
  const clock = new VirtualClock(MONDAY);
  try {
    const stage = aStage({ notify: aNotify({ channels, routes: [] }) });
    const world = new World(clock, new Random(1), parseScenario({ faults }), stage);
    const parameters = new Map<string, string>();
    const { webhooks, secrets } = keepSecrets(world, { parameters } as Ssm);
    const outside = new Outside(world, new CloudFormation(world, process.cwd()), { webhooks });
    const answers = new Map<string, Response>();
    for (const [url, name] of [...webhooks, ['https://example.com/other', 'nobody']] as const)
      void outside
        .answer({ method: 'post', url, body: { content: 'x', text: 'x' } })
        .then((answer) => answers.set(name, answer));
    await clock.runUntil(clock.now + 60_000, () => answers.size > webhooks.size);
    return { answers, parameters, secrets, delivered: world.journal.of('delivered').map(({ channel }) => channel) };
  } finally {
    clock.uninstall();
  }
}

test('webhooks of every kind - answer, and what is delivered is journalled by the name of the channel', async () => {
  const { answers, delivered } = await postToAll();
  expect(delivered.toSorted()).toEqual(['chat', 'hidden', 'office', 'server', 'team']);
  expect(answers.get('nobody')?.status).toBe(404);
});

test('every reference - has a value of its own, which nothing may show', async () => {
  const { parameters, secrets } = await postToAll();
  expect([...parameters.keys()].toSorted()).toEqual(
    ['chat', 'hidden', 'key', 'key-of-hidden', 'office', 'team'].map((name) => `/test/${name}`),
  );
  expect(new Set(secrets)).toEqual(new Set(parameters.values()));
  expect(new Set(secrets).size).toBe(6);
});

test('a fault of one channel - the others answer', async () => {
  const { answers, delivered } = await postToAll([{ webhook: 429, retryAfter: 2, channel: 'team' }]);
  expect(answers.get('team')).toMatchObject({ status: 429, headers: { 'retry-after': '2' } });
  expect(delivered.toSorted()).toEqual(['chat', 'hidden', 'office', 'server']);
});

test.each([
  [
    'one channel hangs for hours',
    { webhook: 'hangs', channel: 'slack', from: '2026-11-02T00:00', to: '2026-11-02T09:00' },
  ],
  ['every webhook wants a short wait, three times', { webhook: 429, retryAfter: 2, times: 3 }],
  [
    'one webhook is deleted for a while',
    { webhook: 404, channel: 'teams', from: '2026-11-02T00:00', to: '2026-11-02T09:00' },
  ],
])('%s - nothing is lost, and no secret is shown', async (_, fault) => {
  const { undelivered, violations, notices } = await act({ faults: [fault] }, { stage: 'variants', days: 1 });
  expect(notices.length).toBeGreaterThan(5);
  expect(undelivered).toEqual([]);
  expect(violations).toEqual([]);
});
