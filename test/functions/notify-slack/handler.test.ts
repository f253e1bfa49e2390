import { expect, test } from '@jest/globals';
import { notifySlack } from '../../../functions/notify-slack/handler.ts';
import { aNotice, aStage } from '../../shared/builders.ts';

test('three notices at once - a second between them, and none before the first', async () => {
  const happened: string[] = [];
  const effects = {
    stage: () => aStage({ notify: { channels: { team: { kind: 'slack', webhook: 'ssm:/test/team' } }, routes: [] } }),
    secret: async () => 'https://slack.test/',
    once: async (_: string, act: () => Promise<void>) => act(),
    post: async () => {
      happened.push('posted');
    },
    pause: async (milliseconds: number) => {
      happened.push(`paused ${milliseconds}`);
    },
  };
  const eventSourceARN = 'arn:aws:sqs:ap-northeast-2:123456789012:lamplighter-dev-team';
  const Records = ['1', '2', '3'].map((id) => ({
    messageId: id,
    body: JSON.stringify(aNotice({ id })),
    eventSourceARN,
  }));
  expect(await notifySlack({ Records }, effects)).toEqual({ batchItemFailures: [] });
  expect(happened).toEqual(['posted', 'paused 1000', 'posted', 'paused 1000', 'posted']);
});
