import { describe, expect, test } from '@jest/globals';
import { opsCommand } from '../../../plugin/ops/index.ts';
import { endedNotice, startedNotice } from '../../../shared/notices/run.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aRun, aStage, aWorkload, EXECUTION, INSTANCE, KEY } from '../builders.ts';

const NOW = Date.parse('2026-11-01T17:40:00.000Z');
const ended = (run: Partial<Run>) => endedNotice(aRun(run), aStage(), NOW);
const text = (run: Partial<Run>) => ended(run)?.lines.join('\n') ?? '';

describe('endedNotice, its severity', () => {
  test.each<[string, Partial<Run>, string]>([
    ['succeeded', { status: 'succeeded' }, 'success'],
    ['failed', { status: 'failed', reason: 'JobFailed' }, 'warning'],
    ['timed out', { status: 'timed-out', reason: 'DeadlineExceeded' }, 'critical'],
    ['cut off', { status: 'aborted', reason: 'its execution is aborted' }, 'critical'],
    ['skipped as busy', { status: 'skipped', reason: 'busy: the run of x is still going on' }, 'warning'],
    ['skipped as late', { status: 'skipped', reason: 'late: delivered 61 minutes after its time' }, 'warning'],
    ['skipped by the breaker', { status: 'skipped', reason: 'breaker open: 5 failures in a row' }, 'warning'],
    ['the failure before the breaker', { status: 'failed', failuresInRow: 2, breakerFailures: 3 }, 'warning'],
    ['the failure that opens the breaker', { status: 'failed', failuresInRow: 3, breakerFailures: 3 }, 'critical'],
    ['no such instance', { status: 'failed', reason: 'InstanceNotFound: no instance' }, 'critical'],
    ['terminated', { status: 'failed', reason: 'InstanceTerminated: i-1 is terminated' }, 'critical'],
    ['a shutdown would terminate', { status: 'failed', reason: 'ShutdownWouldTerminate: set it' }, 'critical'],
    ['succeeded but still on', { status: 'succeeded', reason: 'not stopped: InstanceNotReady' }, 'critical'],
    ['failed and still on', { status: 'failed', reason: 'JobFailed; not stopped: Ec2.Throttled' }, 'critical'],
  ])('%s - as loud as it deserves', (_, run, severity) => {
    expect(ended(run)?.severity).toBe(severity);
  });

  test.each([
    'closed: Founding Day',
    'not a working day: Sunday',
    'skipped by ana until 2026-11-03T09:00:00+09:00: moving',
    'paused by ana: moving',
    'the stage is paused by ana: moving',
  ])('skipped as %s - routine, so nothing is said', (reason) => {
    expect(ended({ status: 'skipped', reason })).toBeUndefined();
  });

  test('failed with a reason that begins like a routine skip - said', () => {
    expect(ended({ status: 'failed', reason: 'closed by peer' })).toBeDefined();
  });
});

describe('endedNotice, its words', () => {
  test('a success - how long, and where the log is', () => {
    const run = {
      status: 'succeeded',
      jobSeconds: 1470,
      exitCode: 0,
      instanceHours: 2.55,
      log: 'group:stream',
    } as const;
    expect(ended(run)).toEqual({
      id: `nightly ${KEY} succeeded`,
      at: '2026-11-02T02:40:00+09:00',
      stage: 'dev',
      workload: 'nightly',
      severity: 'success',
      title: 'nightly 02:00 succeeded',
      lines: ['The job took 25 min.', 'Exit code 0.', 'The instance was on for 2 h 33 min.', 'Log: group:stream'],
      execution: EXECUTION,
      kind: 'batch',
      run: KEY,
      resolves: ['runs'],
      links: [
        { label: 'Run', url: expect.stringContaining(EXECUTION) },
        { label: 'Instance', url: expect.stringContaining(INSTANCE) },
      ],
    });
  });

  test.each([
    [0, 'The job took 0 s.'],
    [89, 'The job took 89 s.'],
    [90, 'The job took 2 min.'],
    [7140, 'The job took 119 min.'],
    [7200, 'The job took 2 h 0 min.'],
  ])('%d seconds - %s', (jobSeconds, line) => {
    expect(text({ status: 'succeeded', jobSeconds })).toBe(line);
  });

  test.each([
    ['InsufficientInstanceCapacity: x', /another type or zone/],
    ['Ssm.InvalidInstanceIdException: x', /SSM agent on the instance did not come online/],
    ['States.HeartbeatTimeout', /went silent/],
    ['Ec2.UnauthorizedOperation: x', /deployed after the stage file was changed/],
    ['Ssm.AccessDeniedException: x', /deployed after the stage file was changed/],
  ])('%s - says what that means', (reason, meaning) => {
    expect(text({ status: 'failed', reason })).toMatch(meaning);
  });

  test('a plain failure - no meaning is made up', () => {
    expect(text({ status: 'failed', reason: 'JobFailed: the job ended' })).toBe('JobFailed: the job ended');
  });

  test('the log is where the console shows it - a link, and no line', () => {
    const log = `/lamplighter/dev/nightly:4f2c/${INSTANCE}`;
    const notice = ended({ status: 'failed', reason: 'JobFailed', startedAt: '2026-11-01T17:01:00.000Z', log });
    expect(notice?.lines).toEqual(['JobFailed']);
    expect(notice?.links?.find(({ label }) => label === 'Log')?.url).toMatch(/nightly\$3FlogStreamNameFilter.*4f2c/);
    expect(notice?.todo?.[0]).toBe('Read the log, which says why.');
  });

  test('no log is known of a job that began - the group that it would be in; one that was skipped - none', () => {
    const logs = (run: Partial<Run>) => ended(run)?.links?.filter(({ label }) => label === 'Log');
    const began = { status: 'timed-out', reason: 'x', startedAt: '2026-11-01T17:01:00.000Z' } as const;
    expect(logs(began)).toEqual([{ label: 'Log', url: expect.stringMatching(/\$252Fnightly$/) }]);
    expect(logs({ ...began, status: 'skipped', reason: 'busy: the run of x is still going on' })).toEqual([]);
  });

  test('it failed - how to run it again, as a command that there is', () => {
    const { todo = [] } = ended({ status: 'failed', reason: 'JobFailed' }) ?? {};
    const command = "npx sls ops start --stage dev --workload nightly --why 'once more'";
    expect(todo).toEqual([expect.stringContaining(command)]);
    expect(Object.keys(opsCommand.commands['start']?.options ?? {})).toEqual(
      expect.arrayContaining(['workload', 'why']),
    );
  });

  test.each<[string, Partial<Run>]>([
    ['the breaker opens', { status: 'failed', failuresInRow: 3, breakerFailures: 3 }],
    [
      'the breaker is open',
      { status: 'skipped', reason: 'breaker open: 3 failures in a row; resume nightly to close it' },
    ],
  ])('%s - how to resume', (_, run) => {
    expect(ended(run)?.todo).toEqual([
      expect.stringContaining('npx sls ops resume --stage dev --workload nightly --why '),
    ]);
  });

  test('the breaker opens - that nothing starts any more', () => {
    expect(ended({ status: 'failed', failuresInRow: 3, breakerFailures: 3 })?.did?.join()).toContain(
      '3 failures in a row',
    );
  });

  test('not seen stopped - which instance, who goes on, and the command for a person', () => {
    const notice = ended({ status: 'succeeded', reason: 'not stopped: x' });
    expect(notice?.lines).toContain(`Instance ${INSTANCE} may still be on.`);
    expect(notice?.did).toEqual(['The sweeper tries again every ten minutes.']);
    expect(notice?.todo).toEqual([`By hand: aws ec2 stop-instances --instance-ids ${INSTANCE}`]);
  });

  test('the packaged holidays end soon - what to do about it', () => {
    const stage = aStage({ calendar: { closed: {}, open: [], until: '2026-11-30' } });
    expect(endedNotice(aRun({ status: 'succeeded' }), stage, NOW)?.todo).toEqual([
      expect.stringContaining('Holidays are known until 2026-11-30'),
    ]);
  });
});

describe('endedNotice, what it is part of', () => {
  const OPEN = { cause: 'runs', state: 'open' };
  const BUSY = 'busy: the run of x is still going on';

  test.each<[string, Partial<Run>, object]>([
    ['succeeded', { status: 'succeeded' }, { run: KEY, resolves: ['runs'] }],
    ['failed', { status: 'failed' }, OPEN],
    ['timed out', { status: 'timed-out' }, OPEN],
    ['cut off', { status: 'aborted', reason: 'its execution is aborted' }, OPEN],
    ['skipped as busy', { status: 'skipped', reason: BUSY }, OPEN],
    ['asked for, and busy', { status: 'skipped', reason: BUSY, by: 'ana' }, OPEN],
    ['asked for while it is paused', { status: 'skipped', reason: 'paused by ben: x', by: 'ana' }, { run: KEY }],
    ['stopped by a person', { status: 'aborted', reason: 'stopped by ana: enough' }, { run: KEY }],
    [
      'succeeded, and on',
      { status: 'succeeded', reason: 'not stopped: x' },
      { cause: `still-on ${KEY}`, state: 'open', resolves: ['runs'] },
    ],
    ['failed, and on', { status: 'failed', reason: 'JobFailed; not stopped: x' }, OPEN],
  ])('%s - an incident, or the progress of its run', (_, run, expected) => {
    const { cause, state, resolves, run: key } = ended(run) ?? {};
    expect(JSON.parse(JSON.stringify({ cause, state, resolves, run: key }))).toEqual(expected);
  });

  test('stopped by a person - what it says, and that it is no trouble', () => {
    expect(ended({ status: 'aborted', reason: 'stopped by ana: enough' })).toMatchObject({
      severity: 'info',
      title: 'nightly 02:00 was stopped',
      lines: ['stopped by ana: enough'],
    });
    expect(ended({ status: 'aborted', reason: 'stopped by ana: enough' })).not.toHaveProperty('todo');
  });
});

describe('startedNotice', () => {
  test('by hand, in another zone - by whom, and the deadline in local time', () => {
    const stage = aStage({ workloads: { nightly: aWorkload({ timezone: 'America/New_York' }) } });
    const notice = startedNotice({ ...aRun({ by: 'ana' }), stopIfFoundRunning: false }, false, stage, NOW);
    expect(notice.lines).toEqual(['The instance is on.', 'It has until 14:00.', 'Started by ana.']);
    expect(notice).toMatchObject({ run: KEY, kind: 'batch', title: 'nightly 11-02 02:00 started' });
    expect(notice).not.toHaveProperty('cause');
  });
});
