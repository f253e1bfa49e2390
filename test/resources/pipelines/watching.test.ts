import { describe, expect, test } from '@jest/globals';
import type { Estate } from '../../../resources/estate.ts';
import { loadEstate } from '../../../resources/estate.ts';
import { endedRules } from '../../../resources/pipelines/rule.ts';
import { watches } from '../../../resources/pipelines/watch.ts';
import { pipelines } from '../../../resources/pipelines.ts';
import { schedules } from '../../../resources/schedules.ts';
import type { PipelineWorkload } from '../../../shared/stage/compiled.ts';

type Schedule = { Properties: { ScheduleExpression: string; Name: string; Target: Record<string, unknown> } };

const example = loadEstate('dev', 'examples/daily-batch.yml', new Date('2026-11-01'));
const collection = example.workloads['collection'] as PipelineWorkload;
const CALENDAR = { closed: {}, open: [], until: '2028-12-31' };

const expressions = (made: Record<string, object>) =>
  Object.values(made as Record<string, Schedule>).map(
    ({ Properties: { Name, ScheduleExpression } }) => `${Name} ${ScheduleExpression}`,
  );
const watched = (changes: Partial<PipelineWorkload>, open: string[] = []) =>
  expressions(watches('collection', { ...collection, ...changes }, { ...CALENDAR, open }));

describe('the schedules of pipelines', () => {
  test('the first - starts its own machine at its time; the second, which follows it, has none', () => {
    const made = schedules(example) as Record<string, Schedule>;
    expect(expressions(made)).toEqual(['collection-at-30 cron(30 16 ? * MON,TUE,WED,THU,FRI *)']);
    expect(made['CollectionAt30Schedule']?.Properties).toMatchObject({
      ScheduleExpressionTimezone: 'Asia/Seoul',
      Target: {
        Arn: { Ref: 'CollectionPipeline' },
        RoleArn: { 'Fn::GetAtt': ['PipelineScheduleRole', 'Arn'] },
        Input: '{"workload":"collection","scheduledFor":"<aws.scheduler.scheduled-time>","by":"schedule"}',
      },
    });
  });

  test('the watch - five minutes later, in the same zone, with what it is to look for', () => {
    const made = watches('collection', collection, CALENDAR) as Record<string, Schedule>;
    expect(expressions(made)).toEqual(['collection-watch-at-35 cron(35 16 ? * MON,TUE,WED,THU,FRI *)']);
    expect(made['CollectionWatchAt35Schedule']?.Properties).toMatchObject({
      ScheduleExpressionTimezone: 'Asia/Seoul',
      Target: {
        Arn: { 'Fn::GetAtt': ['WatchPipelineLambdaFunction', 'Arn'] },
        Input: '{"check":"begun","workload":"collection","scheduledFor":"<aws.scheduler.scheduled-time>"}',
      },
    });
  });

  test.each<[string, Partial<PipelineWorkload>, string[]]>([
    ['past midnight - on the days after', { at: [{ time: '23:57' }] }, ['2 0 ? * TUE,WED,THU,FRI,SAT']],
    ['past midnight on a Sunday - on Monday', { at: [{ time: '23:55' }], days: ['sun'] }, ['0 0 ? * MON']],
    ['every day past midnight - every day', { at: [{ time: '23:59' }], days: 'every-day' }, ['4 0 * * ?']],
    ['past the hour - in the next one', { at: [{ time: '09:58' }], days: 'every-day' }, ['3 10 * * ?']],
    [
      'of two times with one minute - together',
      { at: [{ time: '09:00' }, { time: '16:00' }], days: 'every-day', begunWithinSeconds: 3600 },
      ['0 10,17 * * ?'],
    ],
    [
      'of times with other days - apart',
      { at: [{ time: '09:00' }, { time: '10:00', days: ['sat'] }] },
      ['5 9 ? * MON,TUE,WED,THU,FRI', '5 10 ? * SAT'],
    ],
  ])('a watch %s', (_, changes, expected) => {
    expect(watched(changes).map((one) => one.replace(/^\S+ cron\((.*) \*\)$/, '$1'))).toEqual(expected);
  });

  test('a pipeline that another one starts - nothing to watch by the clock', () => {
    expect(watched({ at: [], after: 'other' })).toEqual([]);
  });

  test('their role - may start the pipelines by name, and call the watch', () => {
    const text = JSON.stringify((pipelines(example) as Record<string, object>)['PipelineScheduleRole']);
    expect(text.match(/stateMachine:[\w-]+/g)).toEqual([
      ...['stateMachine:lamplighter-dev-collection', 'stateMachine:lamplighter-dev-indicators'],
    ]);
    // A machine hands it over: a reference back would be a circle.
    expect(text).not.toContain('"Ref":"CollectionPipeline"');
  });
});

describe('executions that ended badly', () => {
  const rules = (names: string[]) => Object.entries(endedRules(names) as Record<string, { Properties: object }>);

  test('two pipelines - one rule that may call the sweeper', () => {
    const [[, rule] = [], [id, permission] = []] = rules(['collection', 'indicators']);
    expect(rule?.Properties).toMatchObject({
      EventPattern: {
        detail: {
          status: ['ABORTED', 'FAILED', 'TIMED_OUT'],
          stateMachineArn: [{ Ref: 'CollectionPipeline' }, { Ref: 'IndicatorsPipeline' }],
        },
      },
    });
    expect(id).toBe('PipelinesEndedRulePermission');
    expect(permission?.Properties).toMatchObject({ SourceArn: { 'Fn::GetAtt': ['PipelinesEndedRule', 'Arn'] } });
  });

  test('thirty pipelines with the longest names - no pattern is longer than EventBridge takes', () => {
    const names = Array.from({ length: 30 }, (_, index) => `a${'x'.repeat(20)}-${index}`);
    const arn = `arn:aws-us-gov:states:ap-northeast-2:123456789012:stateMachine:lamplighter-production-${'x'.repeat(24)}`;
    const patterns = rules(names).flatMap(([, { Properties }]) =>
      'EventPattern' in Properties ? [JSON.stringify(Properties.EventPattern)] : [],
    );
    expect(patterns).toHaveLength(3);
    for (const pattern of patterns)
      expect(pattern.replace(/\{"Ref":"\w+"\}/g, `"${arn}"`).length).toBeLessThanOrEqual(2048);
    expect(patterns.join().match(/"Ref"/g)).toHaveLength(30);
  });
});

test('the estate - ARNs of machines, executions and secrets; none where there are no pipelines', () => {
  const arns = ({ pipelineMachineArns, pipelineExecutionArns, pipelineSecretArns }: Estate) =>
    [pipelineMachineArns, pipelineExecutionArns, pipelineSecretArns].map((list) =>
      list.map((one) =>
        one['Fn::Sub']
          .split(':')
          .slice(-3)
          .join(':')
          .replace(/^.*\}:/, ''),
      ),
    );
  expect(arns(loadEstate('dev', 'test/fixtures/pipelines.yml'))).toEqual([
    ['everything', 'tangle', 'last'].map((name) => expect.stringMatching(`stateMachine:lamplighter-dev-${name}$`)),
    ['everything', 'tangle', 'last'].map((name) => expect.stringMatching(`lamplighter-dev-${name}:\\*$`)),
    ['/app/refresh-token', '/lamplighter/test/airflow', '/lamplighter/test/airflow-token'].map((name) =>
      expect.stringMatching(`parameter${name}$`),
    ),
  ]);
  expect(arns(loadEstate('dev', 'examples/ec2-batch.yml'))).toEqual([[], [], []]);
});

test('the estate - the clusters of tasks, in which they are listed and stopped; nothing where no step is a task', () => {
  const of = ({ pipelineClusterArns, pipelineTaskArns, pipelineTaskLists }: Estate) => [
    ...[pipelineClusterArns, pipelineTaskArns].map((list) => list.map((one) => one['Fn::Sub'].split(':').at(-1))),
    pipelineTaskLists,
  ];
  expect(of(loadEstate('dev', 'test/fixtures/pipelines.yml'))).toEqual([['cluster/app'], ['task/app/*'], ['*']]);
  expect(of(loadEstate('dev', 'examples/daily-batch.yml'))).toEqual([[], [], []]);
});
