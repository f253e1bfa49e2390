import { describe, expect, test } from '@jest/globals';
import { act, runsOf } from './stage.ts';

const first = { from: '2026-11-02', days: 1 };

describe('AWS throttles each call in turn - every run still ends well', () => {
  const calls = [
    ['dynamodb.PutItem', 'ProvisionedThroughputExceededException'],
    ['dynamodb.GetItem', 'ProvisionedThroughputExceededException'],
    ['dynamodb.UpdateItem', 'ThrottlingException'],
    ['dynamodb.DeleteItem', 'ThrottlingException'],
    ['dynamodb.Query', 'ThrottlingException'],
    ['ec2.DescribeInstances', 'RequestLimitExceeded'],
    ['ec2.StartInstances', 'RequestLimitExceeded'],
    ['ec2.StopInstances', 'RequestLimitExceeded'],
    ['ssm.SendCommand', 'ThrottlingException'],
    ['ssm.GetCommandInvocation', 'ThrottlingException'],
    ['ssm.GetParameter', 'ThrottlingException'],
    ['scheduler.CreateSchedule', 'ThrottlingException'],
    ['scheduler.DeleteSchedule', 'ThrottlingException'],
    ['sfn.StartExecution', 'ThrottlingException'],
    ['sns.Publish', 'ThrottledException'],
  ] as const;
  test.each(calls)('%s %s', async (call, error) => {
    const report = await act({ faults: [{ call, error, times: 4 }] }, first);
    expect(runsOf(report).map(({ status }) => status)).toEqual(Array(6).fill('succeeded'));
    expect(report.violations).toEqual([]);
  });
});

describe('a function crashes twice - it is tried again, nothing is lost', () => {
  test.each([
    'admit-run',
    'check-instance',
    'start-instance',
    'check-command',
    'send-notice',
    'settle-run',
    'sweep-runs',
    'notify-discord',
  ])('%s', async (name) => {
    const report = await act({ faults: [{ function: name, crashes: 2 }] }, first);
    expect(runsOf(report).map(({ status }) => status)).toEqual(Array(6).fill('succeeded'));
    expect(report.undelivered).toEqual([]);
    expect(report.violations).toEqual([]);
  });
});
