/** Heard by whoever listens on another channel, and by those whom SNS tells with no function of ours in between. */
const ACTIONS = [{ Ref: 'NoticesTopic' }, { Ref: 'WatchTopic' }];

/** How old the oldest notice of a queue may get. */
const LATE_SECONDS = 1800;

/** That something was given up after a day. @param queue the logical id of the dead-letter queue */
export function deadLettersAlarm(channel: string, queue: string): object {
  return alarm(queue, {
    AlarmDescription: `Notices of Lamplighter could not be delivered to ${channel} for a day. They are kept in its dead-letter queue for 14 days.`,
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Threshold: 1,
  });
}

/** That a channel has not taken anything for half an hour. @param queue the logical id of its queue */
export function lateAlarm(channel: string, queue: string): object {
  return alarm(queue, {
    AlarmDescription: `The oldest notice for ${channel} waits for more than half an hour. It is tried again every 90 seconds for a day.`,
    MetricName: 'ApproximateAgeOfOldestMessage',
    Threshold: LATE_SECONDS,
    OKActions: ACTIONS,
  });
}

function alarm(queue: string, more: object): object {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'AWS/SQS',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
      Statistic: 'Maximum',
      Period: 300,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: ACTIONS,
      ...more,
    },
  };
}
