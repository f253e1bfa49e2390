import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../rehearsal/index.ts';
import { act, packaged, runsOf } from './stage.ts';

const DAY = { from: '2026-11-02', days: 1 };
const stop = (at: string, more: object = {}) => ({
  at: `2026-11-02T${at}`,
  act: 'emergency-stop',
  why: 'the bill',
  ...more,
});
const resume = (at: string) => ({ at: `2026-11-02T${at}`, act: 'resume', why: 'looked at' });

/** What was said of the emergency. */
const said = (report: Report) =>
  report.notices.filter(({ workload, title }) => workload === 'lamplighter' && /emergency stop/i.test(title));
const minutesFrom = (start: string, { at }: { at: string }) => (Date.parse(at) - Date.parse(start)) / 60_000;

describe('an emergency stop in mid-job', () => {
  const NINE_TEN = '2026-11-02T09:10:00+09:00';

  test('the run is cut off, its instance stopped, nothing starts until a person resumes, and all of it is said', async () => {
    const report = await act({ people: [stop('09:10'), resume('20:00')] }, DAY);

    expect(report.violations).toEqual([]);
    expect(runsOf(report).map(({ status }) => status)).toEqual([
      ...['succeeded', 'aborted', 'skipped', 'skipped', 'succeeded', 'succeeded'],
    ]);
    expect(runsOf(report)[1]).toMatchObject({ reason: 'stopped by rehearsal: the bill' });
    expect(runsOf(report)[2]).toMatchObject({ reason: 'the stage is paused by rehearsal: the bill' });
    expect(said(report)).toMatchObject([
      { severity: 'critical', title: 'Emergency stop: everything is being stopped', lines: ['By rehearsal: the bill'] },
      {
        severity: 'warning',
        title: 'Emergency stop: everything is off',
        did: ['Stopped: makenaide (i-0123456789abcdef0)', 'Nothing starts until somebody resumes.'],
        todo: [expect.stringContaining('npx sls ops resume --stage ')],
      },
      {
        severity: 'success',
        title: 'Emergency stop is over: resumed',
        lines: ['By rehearsal: looked at', expect.anything()],
      },
    ]);
    expect(minutesFrom(NINE_TEN, said(report)[1] ?? { at: '' })).toBeLessThan(4);
    expect(report.notices.map(({ title }) => title)).toContain('makenaide 09:00 was stopped');
  });
});

describe('an emergency stop of several things', () => {
  test('five batches, two of them in mid-job and one found on - those are stopped, the others were off', async () => {
    const report = await act(
      { instances: { office: 'running' }, people: [stop('06:20')], jobs: { tidy: { takes: ['20m', '30m'] } } },
      { ...DAY, stage: 'variants' },
    );
    expect(report.violations).toEqual([]);
    expect(runsOf(report, 'boot')[0]).toMatchObject({ status: 'aborted', reason: 'stopped by rehearsal: the bill' });
    expect(runsOf(report, 'tidy')[0]).toMatchObject({ status: 'aborted', reason: 'stopped by rehearsal: the bill' });
    expect(said(report)[1]).toMatchObject({ severity: 'warning', title: 'Emergency stop: everything is off' });
    expect(
      said(report)[1]
        ?.did?.filter((line) => /i-0/.test(line))
        .sort(),
    ).toEqual([
      'Stopped: boot (i-0aaaaaaaaaaaaaaa3)',
      'Stopped: office (i-0aaaaaaaaaaaaaaa5)',
      'Stopped: tidy (i-0aaaaaaaaaaaaaaa4)',
      'Was off: autumn (i-0aaaaaaaaaaaaaaa2)',
      'Was off: spring (i-0aaaaaaaaaaaaaaa1)',
    ]);
  });

  test('an instance that does not exist - is said, and is nothing to worry about', async () => {
    const report = await act({ instances: { makenaide: 'missing' }, people: [stop('10:00')] }, { ...DAY, days: 1 });
    expect(said(report)[1]).toMatchObject({
      severity: 'warning',
      lines: ['By rehearsal: the bill', 'Does not exist: makenaide (i-0123456789abcdef0)'],
    });
  });
});

describe('an emergency stop of an environment', () => {
  const MONDAY = { stage: 'saturday', from: '2026-10-12', days: 1 } as const;
  const at = (time: string, act: string, more: object = {}) => ({ at: `2026-10-12T${time}`, act, ...more });

  test('within its hours, and kept by a person - deleted all the same, and not created again', async () => {
    const keep = at('09:30', 'keep', { workload: 'staging', until: '2026-10-12T22:00' });
    const report = await act({ people: [keep, at('10:10', 'emergency-stop', { why: 'the bill' })] }, MONDAY);
    expect(report.violations).toEqual([]);
    expect(runsOf(report, 'staging')[1]).toMatchObject({ status: 'succeeded', by: 'emergency' });
    expect(runsOf(report, 'report')[0]).toMatchObject({ status: 'aborted' });
    expect(said(report).at(-1)).toMatchObject({
      title: 'Emergency stop: everything is off',
      did: [expect.stringMatching(/^Stopped/), expect.stringMatching(/^Stopped/), expect.anything()],
    });
    expect(report.control.apiCalls['cloudformation.CreateStack']).toBe(1);
    expect(report.control.apiCalls['cloudformation.DeleteStack']).toBe(1);
  });

  test('while it is being created - its start is cut off, it is let come up, and deleted', async () => {
    const report = await act({ people: [at('09:02', 'emergency-stop', { why: 'the bill' })] }, MONDAY);
    expect(report.violations).toEqual([]);
    expect(runsOf(report, 'staging')).toMatchObject([
      { act: 'start', status: 'aborted', reason: 'stopped by rehearsal: the bill' },
      { act: 'stop', status: 'succeeded' },
      expect.anything(),
    ]);
    expect(said(report).at(-1)).toMatchObject({ title: 'Emergency stop: everything is off' });
    expect(
      said(report)
        .slice(1)
        .map(({ title }) => title),
    ).toContain('Emergency stop: not everything is off yet');
  });

  test('that cannot be deleted - critical with what holds it, and the sweeper goes on within its hours', async () => {
    const fault = { stack: 'delete', fails: 'NetworkStack', reason: 'has a dependent object', times: 4 };
    const report = await act({ people: [stop('10:10')], faults: [fault] }, { ...DAY, stage: 'environment-hours' });
    expect(report.violations).toEqual([]);
    const critical = said(report).find(({ title }) => title === 'Emergency stop: 1 not stopped');
    expect(critical).toMatchObject({
      severity: 'critical',
      todo: expect.arrayContaining([expect.stringContaining('delete-stack --stack-name ChatAppMasterStack')]),
    });
    expect(critical?.lines.join()).toContain('has a dependent object');
    const again = runsOf(report, 'chat-app').filter(({ by }) => by === 'sweeper');
    expect(again.map(({ status }) => status)).toContain('succeeded');
    expect(said(report).at(-1)).toMatchObject({ title: 'Emergency stop: everything is off' });
  });

  test('whose data would be lost - left alone, and said', async () => {
    const ready = packaged('environment-hours');
    const stage = structuredClone(ready.stage);
    const chat = stage.workloads['chat-app'];
    if (chat?.kind === 'environment') chat.dataLoss = [];
    const report = await act(
      { people: [{ at: '2026-11-02T12:00', act: 'emergency-stop', why: 'the bill' }] },
      { ...DAY, stage: 'environment-hours', compiled: stage },
    );
    expect(report.violations.filter(({ law }) => law !== 1)).toEqual([]);
    expect(report.control.apiCalls['cloudformation.DeleteStack']).toBeUndefined();
    expect(said(report)[1]).toMatchObject({ severity: 'critical', title: 'Emergency stop: 1 not stopped' });
    expect(said(report)[1]?.lines.join()).toMatch(/DataWouldBeLost: DatabaseStack\/Redis/);
  });
});

/** Each call that anybody makes between ten past nine and the end, refused for a while. */
const THROTTLED = [
  ['dynamodb.PutItem', 'ProvisionedThroughputExceededException'],
  ['dynamodb.GetItem', 'ProvisionedThroughputExceededException'],
  ['dynamodb.UpdateItem', 'ThrottlingException'],
  ['dynamodb.DeleteItem', 'ThrottlingException'],
  ['dynamodb.Query', 'ThrottlingException'],
  ['ec2.DescribeInstances', 'RequestLimitExceeded'],
  ['ec2.StopInstances', 'RequestLimitExceeded'],
  ['sfn.ListExecutions', 'ThrottlingException'],
  ['sfn.StopExecution', 'ThrottlingException'],
  ['sfn.StartExecution', 'ThrottlingException'],
  ['sfn.DescribeExecution', 'ThrottlingException'],
  ['cloudformation.DescribeStacks', 'Throttling'],
  ['cloudformation.DeleteStack', 'Throttling'],
  ['sns.Publish', 'ThrottledException'],
].map(([call, error]) => ({ call, error }));

describe('everything is off within ten minutes, or said not to be', () => {
  const window = { from: '2026-11-02T06:20', to: '2026-11-02T08:00' };
  const five = { instances: { office: 'running' }, people: [stop('06:20')] };
  const VARIANTS = { ...DAY, stage: 'variants' } as const;
  const stillOff = (report: Report) => said(report).map(({ severity, title }) => `${severity}: ${title}`);

  test.each([1, 2, 3])('throttling on every call, seed %d - all off, and told, in time', async (seed) => {
    const faults = THROTTLED.map((fault) => ({ ...fault, times: 4, ...window }));
    const report = await act({ ...five, faults }, { ...VARIANTS, seed });
    expect(report.violations).toEqual([]);
    const [, end] = said(report);
    expect(end).toMatchObject({ severity: 'warning', title: 'Emergency stop: everything is off' });
    expect(minutesFrom('2026-11-02T06:20:00-05:00', end ?? { at: '' })).toBeLessThan(10);
    expect(end?.did?.filter((line) => line.startsWith('Stopped'))).toHaveLength(3);
    for (const name of ['boot', 'tidy'])
      expect(runsOf(report, name)[0]).toMatchObject({ status: 'aborted', reason: 'stopped by rehearsal: the bill' });
  });

  test.each([
    ['the gate cannot be closed at first', { call: 'dynamodb.PutItem', of: 'emergency', times: 7 }, 'warning'],
    ['the gate cannot be seen', { call: 'dynamodb.GetItem', of: '"gate"', times: 6 }, 'warning'],
    ['runs cannot be listed at all', { call: 'sfn.ListExecutions' }, 'critical'],
    ['runs cannot be cut off', { call: 'sfn.StopExecution', of: 'Emergency' }, 'warning'],
    ['instances cannot be seen for a while', { call: 'ec2.DescribeInstances', times: 30 }, 'warning'],
    ['its beginning cannot be said', { function: 'send-notice', crashes: 2 }, 'warning'],
  ] as [string, object, string][])('%s - all are off all the same', async (_, fault, severity) => {
    const faults = ['call' in fault ? { error: 'InternalError', ...fault, ...window } : fault];
    const report = await act({ ...five, faults }, VARIANTS);
    expect(report.violations).toEqual([]);
    expect(said(report).at(-1)).toMatchObject({ severity, title: 'Emergency stop: everything is off' });
    expect(
      said(report)
        .at(-1)
        ?.did?.filter((line) => line.startsWith('Stopped')),
    ).toHaveLength(3);
  });

  test('the gate cannot be closed at all - all are off, and people are told to forbid starts by hand', async () => {
    const fault = { call: 'dynamodb.PutItem', of: 'emergency', error: 'InternalError', ...window };
    const report = await act({ ...five, faults: [fault] }, VARIANTS);
    expect(said(report).at(-1)).toMatchObject({
      severity: 'critical',
      title: 'Emergency stop: everything is off',
      lines: [expect.anything(), expect.stringContaining('Starts could not be forbidden')],
      todo: [expect.stringContaining('npx sls ops pause --stage '), expect.anything()],
    });
    // Its schedule goes on, as was said.
    expect(runsOf(report, 'boot')[1]).toMatchObject({ status: 'succeeded' });
  });

  test('one instance cannot be stopped - the others are, and it is asked again until it is off', async () => {
    const fault = { call: 'ec2.StopInstances', of: 'i-0aaaaaaaaaaaaaaa5', error: 'UnauthorizedOperation' };
    const faults = [{ ...fault, from: '2026-11-02T06:00', to: '2026-11-02T07:00' }];
    const report = await act({ ...five, faults }, VARIANTS);
    expect(report.violations).toEqual([]);
    expect(said(report)[1]).toMatchObject({
      severity: 'critical',
      title: 'Emergency stop: 1 not stopped',
      lines: [expect.anything(), expect.stringMatching(/^Not stopped: office .*UnauthorizedOperation/)],
      todo: [expect.stringContaining('stop-instances --instance-ids i-0aaaaaaaaaaaaaaa5'), expect.anything()],
    });
    expect(said(report)[1]?.did?.filter((line) => line.startsWith('Stopped'))).toHaveLength(2);
    expect(stillOff(report).at(-1)).toBe('warning: Emergency stop: everything is off');
    expect(minutesFrom('2026-11-02T07:00:00-05:00', said(report).at(-1) ?? { at: '' })).toBeLessThan(13);
  });

  test('one instance can never be stopped - it is said for an hour and more, and the execution fails', async () => {
    const fault = { call: 'ec2.StopInstances', of: 'i-0aaaaaaaaaaaaaaa5', error: 'UnauthorizedOperation' };
    const report = await act({ ...five, faults: [fault] }, VARIANTS);
    expect(
      stillOff(report).filter((text) => text === 'critical: Emergency stop: 1 not stopped').length,
    ).toBeGreaterThan(6);
    expect(report.violations).toEqual([]);
  });

  test('none of our functions works - all are off, and the topics are told without them', async () => {
    const faults = [
      { function: 'send-notice', crashes: 999 },
      { function: 'sweep-runs', crashes: 999 },
      { function: 'settle-run', crashes: 999 },
    ];
    const report = await act({ ...five, faults }, VARIANTS);
    expect(report.notices.filter(({ title }) => title === 'Emergency stop')).toMatchObject([
      {
        severity: 'critical',
        lines: [
          'By rehearsal: the bill',
          'Something is on still: false',
          expect.anything(),
          expect.stringContaining('"state":"stopped"'),
        ],
      },
    ]);
    expect(report.violations.filter(({ law }) => law !== 3)).toEqual([]);
  });

  test('nothing can be published - all are off, and nothing else is kept from going on', async () => {
    const fault = { call: 'sns.Publish', error: 'InternalError', from: '2026-11-02T06:20', to: '2026-11-02T06:40' };
    const report = await act({ ...five, faults: [fault] }, VARIANTS);
    expect(report.violations.filter(({ law }) => law !== 3)).toEqual([]);
    expect(report.control.apiCalls['ec2.StopInstances']).toBeGreaterThanOrEqual(3);
  });
});

describe('an emergency stop beside other things', () => {
  test('twice, by two people - no harm, and one incident', async () => {
    const people = [stop('09:10'), stop('09:10', { why: 'me too' }), stop('09:11', { why: 'and me' })];
    const report = await act({ people }, DAY);
    expect(report.violations).toEqual([]);
    expect(runsOf(report)[1]).toMatchObject({ status: 'aborted' });
    expect(said(report).at(-1)).toMatchObject({ title: 'Emergency stop: everything is off' });
    const posted = report.shown.filter(
      ({ at, how, channel }) => how === 'posted' && channel === 'discord' && at < '2026-11-02T10',
    );
    expect(posted.filter(({ title }) => /everything is off/.test(title))).toHaveLength(1);
  });

  test.each([1, 2, 3, 4, 5])('in the very minute of a start, seed %d - nothing slips through', async (seed) => {
    const report = await act({ people: [stop('09:00')] }, { ...DAY, seed });
    expect(report.violations).toEqual([]);
    expect(['aborted', 'skipped']).toContain(runsOf(report)[1]?.status);
    expect(said(report).at(-1)).toMatchObject({ title: 'Emergency stop: everything is off' });
    expect(
      runsOf(report)
        .slice(2)
        .map(({ status }) => status),
    ).toEqual(Array(4).fill('skipped'));
  });

  test('a person resumes while it goes on - nothing more is stopped', async () => {
    const report = await act({ people: [stop('08:59'), resume('09:00')] }, DAY);
    expect(report.violations).toEqual([]);
    expect(runsOf(report)[1]).toMatchObject({ status: 'succeeded' });
  });
});
