import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { notifyDiscord } from '../../../functions/notify-discord/handler.ts';
import { aNotice, aStage } from '../../shared/builders.ts';

const QUEUE = 'arn:aws:sqs:ap-northeast-2:123456789012:lamplighter-dev-chat';

function record(messageId: string, body: unknown, eventSourceARN = QUEUE) {
  return { messageId, body: typeof body === 'string' ? body : JSON.stringify(body), eventSourceARN };
}

/** A webhook that refuses some titles, and a memory of what was said. */
function discord(refuses: string[] = []) {
  const posted: [string, string][] = [];
  const said = new Set<string>();
  const effects = {
    stage: () =>
      aStage({
        notify: {
          channels: {
            chat: { kind: 'discord', webhook: 'ssm:/lamplighter/dev/chat' },
            'on-call': { kind: 'discord', webhook: 'ssm:/lamplighter/dev/on-call' },
            mail: { kind: 'email', to: ['ops@example.com'] },
          },
          routes: [],
        },
      }),
    secret: async (reference: string) => `https://discord.test/${reference.split('/').at(-1)}`,
    once: async (id: string, act: () => Promise<void>) => {
      if (said.has(id)) return;
      await act();
      said.add(id);
    },
    post: async (webhook: string, message: object) => {
      const { embeds } = message as { embeds: { title: string }[] };
      const title = embeds[0]?.title ?? '';
      if (refuses.includes(title)) throw new Error(`refused ${title}`);
      posted.push([webhook, title]);
    },
  };
  return { posted, effects };
}

const failures = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });
const logged = () => jest.mocked(console.error).mock.calls.join('\n');

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('notifyDiscord', () => {
  test('a notice - posted to the webhook of the queue’s channel', async () => {
    const { posted, effects } = discord();
    const onCall = QUEUE.replace('chat', 'on-call');
    const event = { Records: [record('1', aNotice()), record('2', aNotice(), onCall)] };
    expect(await notifyDiscord(event, effects)).toEqual(failures());
    expect(posted).toEqual([
      ['https://discord.test/chat', 'nightly failed'],
      ['https://discord.test/on-call', 'nightly failed'],
    ]);
  });

  test('the same notice twice - said once, and neither copy stays in the queue', async () => {
    const { posted, effects } = discord();
    const event = { Records: [record('1', aNotice()), record('2', aNotice())] };
    expect(await notifyDiscord(event, effects)).toEqual(failures());
    expect(posted).toHaveLength(1);
  });

  test('one of three is refused - it alone stays in the queue, the others are said', async () => {
    const { posted, effects } = discord(['two']);
    const event = { Records: ['one', 'two', 'three'].map((title) => record(title, aNotice({ id: title, title }))) };
    expect(await notifyDiscord(event, effects)).toEqual(failures('two'));
    expect(posted.map(([, title]) => title)).toEqual(['one', 'three']);
    expect(logged()).toContain('"messageId":"two"');
  });

  test.each([
    ['no JSON', 'hello', QUEUE],
    ['JSON of another shape', { hello: 1 }, QUEUE],
    ['a severity that does not exist', { ...aNotice(), severity: 'loud' }, QUEUE],
    ['a queue of no channel', aNotice(), QUEUE.replace('chat', 'gone')],
    ['a queue of an e-mail channel', aNotice(), QUEUE.replace('chat', 'mail')],
    ['a queue of another stage', aNotice(), QUEUE.replace('dev', 'prod')],
  ])('%s - stays in the queue, logged, and the rest of the batch is said', async (_, body, arn) => {
    const { posted, effects } = discord();
    const event = { Records: [record('bad', body, arn), record('good', aNotice())] };
    expect(await notifyDiscord(event, effects)).toEqual(failures('bad'));
    expect(posted).toHaveLength(1);
    expect(logged()).toContain('"messageId":"bad"');
  });

  test('the secret cannot be read - the message stays in the queue', async () => {
    const { effects } = discord();
    const secret = async () => {
      throw Object.assign(new Error('SSM has no parameter /lamplighter/dev/chat'), { name: 'ConfigurationMissing' });
    };
    const event = { Records: [record('1', aNotice())] };
    expect(await notifyDiscord(event, { ...effects, secret })).toEqual(failures('1'));
    expect(logged()).toContain('ConfigurationMissing');
  });
});

describe('notifyDiscord, an alarm of CloudWatch', () => {
  const alarm = {
    AlarmName: 'SweeperAlarm',
    AlarmDescription: null,
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold crossed',
    StateChangeTime: '2026-11-02T02:00:00.000+0000',
    OldStateValue: 'OK',
  };

  test('raised and over - said as two messages', async () => {
    const { posted, effects } = discord();
    const over = { ...alarm, NewStateValue: 'OK', StateChangeTime: '2026-11-02T02:30:00.000+0000' };
    expect(await notifyDiscord({ Records: [record('1', alarm), record('2', over)] }, effects)).toEqual(failures());
    expect(posted.map(([, title]) => title)).toEqual(['SweeperAlarm is ALARM', 'SweeperAlarm is OK']);
  });

  test('raised again later - said again', async () => {
    const { posted, effects } = discord();
    const again = { ...alarm, StateChangeTime: '2026-11-02T05:00:00.000+0000' };
    await notifyDiscord({ Records: [record('1', alarm), record('2', alarm), record('3', again)] }, effects);
    expect(posted).toHaveLength(2);
  });
});
