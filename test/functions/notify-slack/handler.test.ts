import { expect, test } from '@jest/globals';
import { notifySlack } from '../../../functions/notify-slack/handler.ts';
import { aNotice, aNotify } from '../../shared/builders.ts';
import { NoticeWorld } from '../../shared/notice-world.ts';

test('three notices at once - a second between them, and none before the first', async () => {
  const happened: string[] = [];
  const world = new NoticeWorld({
    notify: aNotify({ channels: { chat: { kind: 'slack', webhook: 'ssm:/test/team' } } }),
  });
  for (const id of ['1', '2', '3']) world.publish(aNotice({ id }));
  while (world.queued[0]?.queue === 'notices') await world.receive(world.queued[0]);
  const eventSourceARN = 'arn:aws:sqs:ap-northeast-2:123456789012:lamplighter-dev-chat';
  const Records = world.queued.map(({ body }, index) => ({ messageId: String(index), body, eventSourceARN }));
  const effects = {
    ...world.delivery(),
    secret: async (reference: string) => reference,
    post: async () => {
      happened.push('posted');
    },
    pause: async (milliseconds: number) => {
      happened.push(`paused ${milliseconds}`);
    },
  };
  expect(await notifySlack({ Records }, effects)).toEqual({ batchItemFailures: [] });
  expect(happened).toEqual(['posted', 'paused 1000', 'posted', 'paused 1000', 'posted']);
});
