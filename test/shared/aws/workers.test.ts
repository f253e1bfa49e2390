import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { answer, bodyOf, listen, pretendAws } from '../http.ts';

type Asked = [operation: string, input: Record<string, unknown>];

const asked: Asked[] = [];
/** What AWS answers to an operation on a cluster: an answer, or the name of its refusal. */
const says = new Map<string, object | string>();
const aws = await listen(async (request, response) => {
  const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
  const input = JSON.parse(await bodyOf(request)) as Record<string, unknown>;
  asked.push([operation, input]);
  const said = says.get(String(input['cluster'] ?? operation)) ?? {};
  const isRefusal = typeof said === 'string';
  answer(response, isRefusal ? 400 : 200, JSON.stringify(isRefusal ? { __type: said, message: 'said by AWS' } : said));
});
pretendAws({ ECS: aws.url, APPLICATION_AUTO_SCALING: aws.url });
const { describeWorkers } = await import('../../../shared/aws/workers.ts');
const { registerLimits } = await import('../../../shared/aws/scaling.ts');

afterAll(() => aws.close());
beforeEach(() => {
  asked.length = 0;
  says.clear();
});

const service = (serviceName: string, facts: object = {}) => ({
  ...{ serviceName, status: 'ACTIVE', runningCount: 2, pendingCount: 1, desiredCount: 3, ...facts },
});

describe('describeWorkers', () => {
  test('services - how many run, and what ECS said last', async () => {
    says.set('crawlers', {
      services: [
        service('crawl', { events: [{ message: 'has started 1 tasks' }, { message: 'older' }] }),
        service('mail'),
      ],
    });
    const found = await describeWorkers([
      { cluster: 'crawlers', service: 'crawl' },
      { cluster: 'crawlers', service: 'mail' },
      { cluster: 'crawlers', service: 'mail' },
    ]);
    expect([...found]).toEqual([
      ['crawlers/crawl', { running: 2, pending: 1, desired: 3, said: 'has started 1 tasks' }],
      ['crawlers/mail', { running: 2, pending: 1, desired: 3 }],
    ]);
    expect(asked).toEqual([['DescribeServices', { cluster: 'crawlers', services: ['crawl', 'mail'] }]]);
  });

  test('eleven of one cluster - ten at once, as ECS allows', async () => {
    await describeWorkers(Array.from({ length: 11 }, (_, index) => ({ cluster: 'crawlers', service: `s${index}` })));
    expect(asked.map(([, { services }]) => (services as string[]).length).sort()).toEqual([1, 10]);
  });

  test('one that was deleted, one that never was, a cluster that is none - missing', async () => {
    says.set('crawlers', { services: [service('old', { status: 'INACTIVE' })], failures: [{ reason: 'MISSING' }] });
    says.set('gone', 'ClusterNotFoundException');
    const all = ['old', 'never'].map((name) => ({ cluster: 'crawlers', service: name }));
    expect([...(await describeWorkers([...all, { cluster: 'gone', service: 'x' }]))]).toEqual([]);
  });

  test('a cluster that may not be asked - its error, and the others all the same', async () => {
    says.set('secret', 'AccessDeniedException');
    says.set('crawlers', { services: [service('crawl')] });
    const found = await describeWorkers([
      { cluster: 'secret', service: 'x' },
      { cluster: 'crawlers', service: 'crawl' },
    ]);
    expect(found.get('secret/x')).toMatchObject({ name: 'AccessDeniedException', message: 'said by AWS' });
    expect(found.get('crawlers/crawl')).toMatchObject({ running: 2 });
  });
});

describe('registerLimits', () => {
  const limits = { min: 0, max: 10, inSuspended: false, outSuspended: true };

  test('the bounds of the tasks of a service, and what is suspended', async () => {
    await registerLimits({ cluster: 'crawlers', service: 'crawl' }, limits);
    expect(asked).toEqual([
      [
        'RegisterScalableTarget',
        {
          ServiceNamespace: 'ecs',
          ResourceId: 'service/crawlers/crawl',
          ScalableDimension: 'ecs:service:DesiredCount',
          MinCapacity: 0,
          MaxCapacity: 10,
          SuspendedState: { DynamicScalingInSuspended: false, DynamicScalingOutSuspended: true },
        },
      ],
    ]);
  });

  test('refused - by AWS’s name and words', async () => {
    says.set('RegisterScalableTarget', 'ObjectNotFoundException');
    await expect(registerLimits({ cluster: 'crawlers', service: 'crawl' }, limits)).rejects.toMatchObject({
      ...{ name: 'ObjectNotFoundException', message: 'said by AWS' },
    });
  });
});
