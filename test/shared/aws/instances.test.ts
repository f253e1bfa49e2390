import { afterAll, expect, test } from '@jest/globals';
import { answer, bodyOf, listen, pretendAws } from '../http.ts';

const association = (owner: string) =>
  `<association><publicIp>203.0.113.7</publicIp><ipOwnerId>${owner}</ipOwnerId></association>`;
const instance = (id: string, address: string, interfaces: string) => `
  <item><instancesSet><item><instanceId>${id}</instanceId><instanceType>t3.small</instanceType>
    <instanceState><code>16</code><name>running</name></instanceState>${address}
    <networkInterfaceSet>${interfaces}</networkInterfaceSet></item></instancesSet></item>`;
const publicly = '<ipAddress>203.0.113.7</ipAddress>';
const ec2 = await listen(async (request, response) => {
  await bodyOf(request);
  const items = [
    instance('i-public', publicly, `<item>${association('amazon')}</item>`),
    instance('i-elastic', publicly, `<item>${association('123456789012')}</item>`),
    instance('i-private', '', '<item/>'),
  ].join('');
  answer(
    response,
    200,
    `<DescribeInstancesResponse><reservationSet>${items}</reservationSet></DescribeInstancesResponse>`,
    'text/xml',
  );
});
pretendAws({ EC2: ec2.url });
const { describeInstances } = await import('../../../shared/aws/instances.ts');
afterAll(() => ec2.close());

test('describeInstances - an address that a stop and a start would change is known from one that stays', async () => {
  const found = await describeInstances(['i-public', 'i-elastic', 'i-private']);
  expect(Object.fromEntries([...found].map(([id, { changingAddress }]) => [id, changingAddress]))).toEqual({
    'i-public': '203.0.113.7',
    'i-elastic': undefined,
    'i-private': undefined,
  });
});
