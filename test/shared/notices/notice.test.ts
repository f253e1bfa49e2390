import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { aNotice } from '../builders.ts';
import { answer, bodyOf, listen, pretendAws } from '../http.ts';

const TOPIC = 'arn:aws:sns:ap-northeast-2:123456789012:lamplighter-dev-notices';
const requests: URLSearchParams[] = [];
const sns = await listen(async (request, response) => {
  requests.push(new URLSearchParams(await bodyOf(request)));
  const result = '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';
  answer(response, 200, result, 'text/xml');
});
pretendAws({ SNS: sns.url });
const { publish } = await import('../../../shared/notices/notice.ts');

afterAll(() => sns.close());
beforeEach(() => {
  requests.length = 0;
  process.env['NOTICES_TOPIC'] = TOPIC;
});

async function published(notice = aNotice()): Promise<(field: string) => string> {
  await publish(notice);
  return (field) => requests[0]?.get(field) ?? '';
}

describe('publish', () => {
  test('a notice - as its structure, whole', async () => {
    const field = await published();
    expect(field('Action')).toBe('Publish');
    expect(field('TopicArn')).toBe(TOPIC);
    expect(JSON.parse(field('Message'))).toEqual(aNotice());
  });

  test('its severity and workload - are attributes, so that subscriptions can filter by them', async () => {
    const field = await published(aNotice({ severity: 'critical' }));
    const attributes = [1, 2].map((n) => [
      field(`MessageAttributes.entry.${n}.Name`),
      field(`MessageAttributes.entry.${n}.Value.StringValue`),
    ]);
    expect(Object.fromEntries(attributes)).toEqual({ severity: 'critical', workload: 'nightly' });
  });

  test('no topic is configured - ConfigurationMissing, nothing is sent', async () => {
    delete process.env['NOTICES_TOPIC'];
    await expect(publish(aNotice())).rejects.toMatchObject({ name: 'ConfigurationMissing' });
    expect(requests).toEqual([]);
  });
});
