import { type QueueAlarm, queueAlarmName } from '../../shared/alarms/queue-names.ts';
import type { QueueWorkload } from '../../shared/stage/compiled.ts';
import { logicalId } from '../logical-id.ts';
import { metricOf, type QueueMetric } from './metric.ts';

interface Rule {
  look: object;
  over: number;
  /** How many times how many seconds. */
  times: number;
  seconds: number;
  says: string;
}

/** What people are told of a queue by CloudWatch itself, whatever is scaled. What is not measured is told by nobody. */
export function alarms(stage: string, name: string, queue: QueueWorkload): Record<string, object> {
  return Object.fromEntries(
    [...rules(stage, name, queue)].map(([alarm, { look, over, times, seconds, says }]) => [
      alarmId(name, alarm),
      {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmName: queueAlarmName(stage, name, alarm),
          AlarmDescription: `${name}: ${says}`,
          ...look,
          ...{ Statistic: 'Average', Period: seconds, EvaluationPeriods: times },
          ...{ Threshold: over, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'missing' },
          AlarmActions: [{ Ref: 'NoticesTopic' }],
          OKActions: [{ Ref: 'NoticesTopic' }],
        },
      },
    ]),
  );
}

export function alarmId(queue: string, alarm: QueueAlarm): string {
  return `${logicalId(queue)}${logicalId(alarm)}Alarm`;
}

/** The sorts of alarms that it has. */
export function alarmsOf(stage: string, name: string, queue: QueueWorkload): QueueAlarm[] {
  return [...rules(stage, name, queue).keys()];
}

/** Its metrics come every minute, the host's every five. */
function rules(stage: string, name: string, { alarms, host, workers }: QueueWorkload): Map<QueueAlarm, Rule> {
  const look = (metric: QueueMetric) => metricOf(stage, name, metric);
  const { backlog, workers: many, cpu, memory, errors } = alarms;
  const found: [QueueAlarm, Rule | undefined][] = [
    ['queue-backlog-warning', backlog && { look: look('Backlog'), over: backlog.warning, ...TWICE, says: behind('') }],
    [
      'queue-backlog-critical',
      backlog && {
        ...{ look: look('Backlog'), over: backlog.critical, ...TWICE },
        says: behind('Do jobs fail and come again? '),
      },
    ],
    [
      'queue-workers',
      many === undefined
        ? undefined
        : {
            ...{ look: look('Workers'), over: many, times: 12, seconds: 300 },
            says: `more than ${many} workers run in ${workers.service} for an hour. Is that worth what they cost?`,
          },
    ],
    [
      'queue-cpu',
      cpu === undefined || host === undefined
        ? undefined
        : {
            look: {
              ...{ Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' },
              Dimensions: [{ Name: 'InstanceId', Value: host }],
            },
            ...{ over: cpu, times: 3, seconds: 300 },
            says: `the processor of its host is busy to more than ${cpu} %.`,
          },
    ],
    [
      'queue-memory',
      memory === undefined
        ? undefined
        : {
            ...{ look: look('RedisMemory'), over: memory, times: 5, seconds: 60 },
            says: `more than ${memory} % of the memory of Redis is used. When it is full, no job can be added.`,
          },
    ],
    [
      'queue-errors',
      errors === undefined
        ? undefined
        : {
            ...{ look: look('ErrorRate'), over: errors, times: 5, seconds: 60 },
            says: `more than ${errors} % of the jobs fail.`,
          },
    ],
  ];
  return new Map(found.flatMap(([alarm, rule]) => (rule ? [[alarm, rule] as const] : [])));
}

const TWICE = { times: 2, seconds: 300 };

function behind(question: string): string {
  return `more jobs wait than is usual, for ten minutes. ${question}Are there workers, and do they get further?`;
}
