/** Heard by whoever listens on another channel, and by those whom SNS tells with no function of ours in between. */
const ACTIONS = [{ Ref: 'NoticesTopic' }, { Ref: 'WatchTopic' }];

/** How old the oldest notice of a queue may get. */
const LATE_SECONDS = 1800;

/** That notices were given up after a day, of whatever channel. */
export function deadLettersAlarm(): object {
  return alarm('NoticesDeadLetters', {
    AlarmDescription:
      'Notices of Lamplighter could not be delivered for a day. They are kept in the dead-letter queue for 14 days; start a redrive when the channel works again.',
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
