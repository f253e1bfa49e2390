import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { acknowledgeIncident } from '../../../functions/acknowledge-incident/handler.ts';
import { notifyDiscord } from '../../../functions/notify-discord/handler.ts';
import { ChannelUnavailable, WebhookDeleted } from '../../../shared/errors.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import { aNotice, aNotify } from '../../shared/builders.ts';
import { aCommandedStage } from '../../shared/discord/interactions.ts';
import { NoticeWorld } from '../../shared/notice-world.ts';

const ARN = 'arn:aws:sqs:ap-northeast-2:123456789012:lamplighter-dev-chat';
const HOOK = 'https://discord.test/chat?thread_id=7';

const channels: CompiledStage['notify']['channels'] = {
  chat: { kind: 'discord', webhook: 'ssm:/lamplighter/dev/chat' },
  mail: { kind: 'email', to: ['ops@example.com'] },
};

/** A webhook that keeps messages, and refuses what it is told to. */
function discord(
  refuses: (method: string, address: string) => Error | undefined = () => undefined,
  stage: ConstructorParameters<typeof NoticeWorld>[0] = { notify: aNotify({ channels }) },
) {
  const world = new NoticeWorld(stage);
  const posted: string[] = [];
  const bodies: { components?: { components: { label: string; custom_id: string }[] }[] }[] = [];
  const effects = {
    ...world.delivery(),
    secret: async () => HOOK,
    post: async (address: string, body: object, { method = 'post' }: { method?: string } = {}) => {
      posted.push(`${method} ${address}`);
      bodies.push(body);
      const error = refuses(method, address);
      if (error) throw error;
      return { id: `m${posted.length}` };
    },
  };
  /** @returns the signals of everything that was said */
  const say = async (...notices: object[]) => {
    for (const notice of notices) world.publish(notice);
    for (const message of world.queued.filter(({ queue }) => queue === 'notices')) await world.receive(message);
    const signals = world.queued.filter(({ queue }) => queue === 'chat').map(({ body }) => body);
    world.queued.length = 0;
    return signals;
  };
  const take = async (bodies: string[], eventSourceARN = ARN) =>
    (
      await notifyDiscord(
        { Records: bodies.map((body, index) => ({ messageId: String(index), body, eventSourceARN })) },
        effects,
      )
    ).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return { world, posted, bodies, effects, say, take };
}

const logged = () => jest.mocked(console.error).mock.calls.join('\n');

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('notifyDiscord', () => {
  test('a new thread - posted to the webhook, which is asked for the message', async () => {
    const { posted, say, take } = discord();
    expect(await take(await say(aNotice()))).toEqual([]);
    expect(posted).toEqual(['post https://discord.test/chat?thread_id=7&wait=true']);
  });

  test('the thread goes on - its message is edited, in the thread of the webhook', async () => {
    const { posted, say, take } = discord();
    const again = (id: string) => aNotice({ id, cause: 'runs', state: 'open' });
    await take(await say(again('1')));
    expect(await take(await say(again('2')))).toEqual([]);
    expect(posted.slice(1)).toEqual(['patch https://discord.test/chat/messages/m1?thread_id=7']);
  });

  test('somebody deleted the message - it is posted anew', async () => {
    const { posted, say, take } = discord((method) => (method === 'patch' ? new WebhookDeleted('404') : undefined));
    const again = (id: string) => aNotice({ id, cause: 'runs', state: 'open' });
    await take(await say(again('1')));
    expect(await take(await say(again('2')))).toEqual([]);
    expect(posted.map((line) => line.slice(0, 5))).toEqual(['post ', 'patch', 'post ']);
  });

  test('an edit fails otherwise - the signal stays in the queue, nothing is posted beside it', async () => {
    const { posted, say, take } = discord((method) => (method === 'patch' ? new ChannelUnavailable('503') : undefined));
    const again = (id: string) => aNotice({ id, cause: 'runs', state: 'open' });
    await take(await say(again('1')));
    expect(await take(await say(again('2')))).toEqual(['0']);
    expect(posted).toHaveLength(2);
  });

  test.each([
    ['no JSON', 'hello', ARN],
    ['JSON of another shape', '{"hello":1}', ARN],
    ['a thread that is not known (any more)', '{"workload":"nightly","thread":"cause gone"}', ARN],
    ['a queue of no channel', undefined, ARN.replace('chat', 'gone')],
    ['a queue of an e-mail channel', undefined, ARN.replace('chat', 'mail')],
    ['a queue of another stage', undefined, ARN.replace('dev', 'prod')],
  ])('%s - stays in the queue, logged, and nothing is posted', async (_, body, arn) => {
    const { posted, say, take } = discord();
    const signals = await say(aNotice());
    expect(await take([body ?? signals[0] ?? ''], arn)).toEqual(['0']);
    expect(posted).toEqual([]);
    expect(logged()).toContain('"messageId":"0"');
  });

  test('the secret cannot be read - the signal stays in the queue', async () => {
    const { effects, say } = discord();
    const secret = async () => {
      throw Object.assign(new Error('SSM has no parameter /lamplighter/dev/chat'), { name: 'ConfigurationMissing' });
    };
    const [body = ''] = await say(aNotice());
    const Records = [{ messageId: '1', body, eventSourceARN: ARN }];
    expect(await notifyDiscord({ Records }, { ...effects, secret })).toMatchObject({ batchItemFailures: [{}] });
    expect(logged()).toContain('ConfigurationMissing');
  });

  describe('a webhook of the application', () => {
    const buttons = { chat: { kind: 'discord', webhook: 'ssm:/lamplighter/dev/chat', buttons: true } } as const;
    const stage = aCommandedStage({ notify: aNotify({ channels: buttons }) });
    const asks = aNotice({
      ...{ id: '1', workload: 'web', cause: 'recovery', state: 'open', severity: 'critical' },
      approval: { run: '2026-11-02T09:02', rung: 'stop-start' },
    });
    const labels = ({ components = [] }: { components?: { components: { label: string }[] }[] } = {}) =>
      components.flatMap((row) => row.components.map(({ label }) => label));

    test('a step asks to be approved - it can be, and the incident can be acknowledged', async () => {
      const { posted, bodies, say, take } = discord(undefined, stage);
      expect(await take(await say(asks))).toEqual([]);
      expect(posted).toEqual(['post https://discord.test/chat?thread_id=7&with_components=true&wait=true']);
      expect(labels(bodies[0])).toEqual(['Approve: stop and start', 'Acknowledge']);
      expect(bodies[0]?.components?.[0]?.components[0]?.custom_id).toBe('approve/web/2026-11-02T09:02/stop-start');
    });

    test('somebody has acknowledged it - that button is gone; it is over - all are', async () => {
      const { world, bodies, say, take } = discord(undefined, stage);
      await take(await say(asks));
      await acknowledgeIncident({ workload: 'web', by: 'kim' }, world.routing());
      const signals = () => world.queued.splice(0).flatMap(({ queue, body }) => (queue === 'chat' ? [body] : []));
      await take(signals());
      expect(labels(bodies[1])).toEqual(['Approve: stop and start']);
      await take(await say(aNotice({ id: '2', workload: 'web', cause: 'recovery', state: 'resolved' })));
      expect(bodies[2]?.components).toEqual([]);
    });

    test('what nobody has to see to - no button', async () => {
      const { bodies, say, take } = discord(undefined, stage);
      await take(await say(aNotice({ severity: 'success' })));
      expect(bodies[0]?.components).toEqual([]);
    });
  });

  test('a webhook of anybody else - asked for no button, which Discord would drop', async () => {
    const { posted, bodies, say, take } = discord();
    await take(await say(aNotice({ cause: 'runs', state: 'open' })));
    expect(posted.join()).not.toContain('with_components');
    expect(bodies[0]).not.toHaveProperty('components');
  });
});
