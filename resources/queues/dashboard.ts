import { queuesDashboardName } from '../../shared/alarms/queue-names.ts';
import type { CompiledStage, QueueWorkload } from '../../shared/stage/compiled.ts';
import { queueDashboard as en } from '../../shared/words/en/queue-dashboard.ts';
import { queueDashboard as ko } from '../../shared/words/ko/queue-dashboard.ts';
import { graph, log, type Metric, MOST_ALARMS, placed, size, text, type Widget } from '../watching/widgets.ts';
import { alarmId, alarmsOf } from './alarms.ts';
import { workerLogs } from './ids.ts';
import { NAMESPACE, type QueueMetric } from './metric.ts';

type Stage = Pick<CompiledStage, 'stage' | 'notify' | 'queues'>;

/** One page of all queues, in the order in which a person looks. Its widgets are as many with one queue as with hundreds. */
export function dashboard(stage: Stage): Record<string, object> {
  const body = JSON.stringify({ widgets: placed(rows(stage, { en, ko }[stage.notify.language])) });
  return {
    QueuesDashboard: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: { DashboardName: queuesDashboardName(stage.stage), DashboardBody: { 'Fn::Sub': body } },
    },
  };
}

function rows({ stage, queues }: Stage, words: typeof en): Widget[][] {
  const all = Object.entries(queues);
  const of = (stat: string, ...metrics: QueueMetric[]) =>
    all.flatMap(([queue]) => metrics.map((metric) => line(stage, queue, metric, stat, metrics.length > 1)));
  const redis = all.filter(([, { source }]) => 'redis' in source);
  const alarms = all.flatMap(([name, queue]) =>
    alarmsOf(stage, name, queue).map((alarm) => `\${${alarmId(name, alarm)}.Arn}`),
  );
  const functions = `/aws/lambda/lamplighter-${stage}-tendQueues`;
  const made = all.filter(([, { workers }]) => workers.create).map(([name]) => workerLogs(stage, name));
  return [
    [
      text(
        `# ${words.title(stage)}\n${words.howTo(`sls ops status --stage ${stage}`, `sls ops doctor --stage ${stage}`)}`,
        3,
      ),
    ],
    [text(`## ${words.work}`)],
    [
      ...graph(words.backlog, of('Maximum', 'Backlog')),
      ...graph(words.oldest, of('Maximum', 'OldestAge')),
      ...graph(words.throughput, of('Average', 'Arrivals', 'Completions')),
    ],
    [text(`## ${words.workers}`)],
    [...graph(words.running, of('Maximum', 'Workers')), ...graph(words.wanted, of('Maximum', 'Wanted'))],
    [text(`## ${words.failures}`)],
    [
      ...graph(words.errors, of('Average', 'ErrorRate')),
      ...graph(words.failed, of('Maximum', 'Failed')),
      ...graph(words.unreadable, of('Sum', 'Unreadable')),
    ],
    ...host(stage, redis, all, words),
    [text(`## ${words.alarms}`)],
    alarms.length ? [{ ...size('alarm', 4), properties: { title: '', alarms: alarms.slice(0, MOST_ALARMS) } }] : [],
    [text(`## ${words.logs}`)],
    log(words.tending, [functions], 'filter level in ["WARN", "ERROR"]'),
    log(words.ofWorkers, made, 'filter @message like /(?i)error/'),
  ];
}

type Queues = [string, QueueWorkload][];

/** Only where there is something of it: not every queue is on Redis, or names its host. */
function host(stage: string, redis: Queues, all: Queues, words: typeof en): Widget[][] {
  const memory = redis.map(([queue]) => line(stage, queue, 'RedisMemory', 'Maximum'));
  const cpu = all.flatMap(([queue, { host }]) =>
    host === undefined
      ? []
      : [['AWS/EC2', 'CPUUtilization', 'InstanceId', host, { label: queue, stat: 'Average' }] as Metric],
  );
  const found = [...graph(words.memory, memory), ...graph(words.cpu, cpu)];
  return found.length > 0 ? [[text(`## ${words.host}`)], found] : [];
}

function line(stage: string, queue: string, metric: QueueMetric, stat: string, isOneOfMany = false): Metric {
  const label = isOneOfMany ? `${queue} ${metric}` : queue;
  return [NAMESPACE, metric, 'Stage', stage, 'Queue', queue, { label, stat, period: 60 }];
}
