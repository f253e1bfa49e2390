/**
 * Events of CloudWatch as EventBridge hands them on.
 *
 * @source CloudWatch user guide, "Alarm events and EventBridge": the samples of a metric alarm and of a composite one
 */
const envelope = (alarmName: string, time: string) => ({
  version: '0',
  id: 'c4c1c1c9-6542-e61b-6ef0-8c4d36933a92',
  'detail-type': 'CloudWatch Alarm State Change',
  source: 'aws.cloudwatch',
  account: '123456789012',
  time,
  region: 'ap-northeast-2',
  resources: [`arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:${alarmName}`],
});

export function anAlarmEvent(alarmName: string, value = 'ALARM', timestamp = '2026-11-21T17:04:40.989+0000') {
  return {
    ...envelope(alarmName, '2026-11-21T17:04:40Z'),
    detail: {
      alarmName,
      configuration: {
        description: 'web: AWS finds its instance, or what that runs on, impaired.',
        metrics: [
          {
            id: '30b6c6b2-a864-43a2-4877-c09a1afc3b87',
            metricStat: {
              metric: {
                dimensions: { InstanceId: 'i-0123456789abcdef0' },
                name: 'StatusCheckFailed',
                namespace: 'AWS/EC2',
              },
              period: 60,
              stat: 'Maximum',
            },
            returnData: true,
          },
        ],
      },
      previousState: {
        reason: 'Threshold Crossed: 1 datapoint [0.0 (21/11/26 17:01:00)] was not greater than the threshold (0.0).',
        reasonData: '{"version":"1.0","statistic":"Maximum","period":60,"recentDatapoints":[0.0],"threshold":0.0}',
        timestamp: '2026-11-21T16:04:40.985+0000',
        value: 'OK',
      },
      state: {
        reason: 'Threshold Crossed: 2 datapoints were greater than the threshold (0.0).',
        reasonData: '{"version":"1.0","statistic":"Maximum","period":60,"recentDatapoints":[1.0,1.0],"threshold":0.0}',
        timestamp,
        value,
      },
    },
  };
}

/** One that the owner has made of others: it says which of them have changed, and who keeps it quiet. */
export const COMPOSITE = {
  ...envelope('ServiceAggregatedAlarm', '2026-11-21T15:57:45Z'),
  detail: {
    alarmName: 'ServiceAggregatedAlarm',
    state: {
      actionsSuppressedBy: 'WaitPeriod',
      actionsSuppressedReason: 'Actions suppressed by WaitPeriod',
      value: 'ALARM',
      reason: 'arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:ServerCpuTooHigh transitioned to ALARM',
      reasonData:
        '{"triggeringAlarms":[{"arn":"arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:ServerCpuTooHigh"}]}',
      timestamp: '2026-11-21T15:57:45.394+0000',
    },
    previousState: { value: 'OK', reason: 'its alarm rule evaluates to OK', timestamp: '2026-11-14T16:28:57.770+0000' },
    configuration: {
      alarmRule: 'ALARM(ServerCpuTooHigh) OR ALARM(TotalNetworkTrafficTooHigh)',
      actionsSuppressor: 'ServiceMaintenanceAlarm',
      actionsSuppressorWaitPeriod: 120,
      actionsSuppressorExtensionPeriod: 180,
    },
  },
};
