import { describe, expect, test } from '@jest/globals';
import { act, loud, machineOf, runsOf } from './stage.ts';

const DAY = { stage: 'environment-hours' as const, from: '2026-10-12', days: 1 };

/** Those that a usual day passes. */
const PASSED = {
  StartEnvironment: [
    'Admit',
    'IsAdmitted',
    'LookAtStack',
    'IsStackThere',
    'SayStarting',
    'LookUpImages',
    'IsBroken',
    'CreateStack',
    'AwaitStack',
    'HasHealthCheck',
  ],
  StopEnvironment: [
    'Admit',
    'IsAdmitted',
    'LookAtStack',
    'IsStackThere',
    'CheckDataLoss',
    'SayStopping',
    'DeleteStack',
    'AwaitDeleted',
  ],
};

test('the states that are tried - are of the machines', () => {
  for (const [machine, states] of Object.entries(PASSED))
    expect(Object.keys(machineOf('environment-hours', machine).States)).toEqual(expect.arrayContaining(states));
});

describe.each([true, false])('an execution is aborted, and the event of it is delivered: %s', (isDelivered) => {
  const events = isDelivered ? [] : [{ events: 'lost' }];

  test.each(PASSED.StartEnvironment)('the start, after %s - said, and gone in the evening', async (state) => {
    const report = await act({ faults: [{ abort: state, runs: [1] }, ...events] }, DAY);

    expect(report.violations).toEqual([]);
    const [start, stop] = runsOf(report, 'chat-app');
    expect(start).toMatchObject({ act: 'start', status: 'aborted' });
    expect(loud(report)).toContain('critical: chat-app was cut off while it was started');
    expect(stop).toMatchObject({ act: 'stop', key: '2026-10-12T18:00', status: 'succeeded' });
  });

  test.each(PASSED.StopEnvironment)('the stop, after %s - said, and made again until it is gone', async (state) => {
    const report = await act({ faults: [{ abort: state, runs: [2] }, ...events] }, DAY);

    expect(report.violations).toEqual([]);
    const [, stop, again] = runsOf(report, 'chat-app');
    expect(stop).toMatchObject({ act: 'stop', key: '2026-10-12T18:00', status: 'aborted' });
    expect(loud(report)).toContain('critical: chat-app was cut off while it was deleted');
    // One that CloudFormation has finished meanwhile needs no second stop.
    if (again) expect(again).toMatchObject({ by: 'sweeper', status: 'succeeded' });
    expect(report.workloads['chat-app']?.onHours).toBeLessThan(10.5);
  });
});
