import { describe, expect, test } from '@jest/globals';
import {
  endedNotice,
  lostStartNotice,
  notAdmittedNotice,
  startedNotice,
  stillOnNotice,
} from '../../shared/run-notices.ts';
import type { Run } from '../../shared/state/runs.ts';
import { aRun, aStage, aWorkload, INSTANCE, KEY, SCHEDULED } from './builders.ts';

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
      title: 'nightly 2026-11-02 02:00 succeeded',
      lines: ['The job took 25 min.', 'Exit code 0.', 'The instance was on for 2 h 33 min.', 'Log: group:stream'],
      execution: aRun().execution,
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

  test('the breaker opens - how to resume', () => {
    expect(text({ status: 'failed', failuresInRow: 3, breakerFailures: 3 })).toContain('3 failures in a row');
  });

  test('not seen stopped - which instance, and who goes on', () => {
    expect(text({ status: 'succeeded', reason: 'not stopped: x' })).toMatch(`Instance ${INSTANCE} may still be on`);
  });
});

describe('the other notices', () => {
  test('started by hand, in another zone - by whom, and the deadline in local time', () => {
    const stage = aStage({ workloads: { nightly: aWorkload({ timezone: 'America/New_York' }) } });
    const { lines } = startedNotice({ ...aRun({ by: 'ana' }), stopIfFoundRunning: false }, false, stage, NOW);
    expect(lines).toEqual(['The instance is on.', 'It has until 14:00.', 'Started by ana.']);
  });

  test('still on, an hour later - another id, the reason, and the command for a person', () => {
    const [one, two] = [NOW, NOW + 3_600_000].map((now) => stillOnNotice(aRun(), 'it was running', aStage(), now));
    expect(one?.id).not.toBe(two?.id);
    expect(one).toMatchObject({ severity: 'critical' });
    expect(one?.lines.join()).toMatch(`(it was running)`);
    expect(one?.lines.join()).toContain(`aws ec2 stop-instances --instance-ids ${INSTANCE}`);
  });

  test('a lost start and a time that does not exist - a warning and a piece of news', () => {
    expect(lostStartNotice('nightly', { key: KEY, inGap: false }, aStage(), NOW).severity).toBe('warning');
    expect(lostStartNotice('nightly', { key: KEY, inGap: true }, aStage(), NOW).severity).toBe('info');
  });

  test('not admitted - the same id for each retry, another for each time', () => {
    const id = (scheduledFor: string) =>
      notAdmittedNotice({ workload: 'nightly', scheduledFor }, 'x', aStage(), NOW).id;
    expect(id(SCHEDULED)).toBe(id(SCHEDULED));
    expect(id(SCHEDULED)).not.toBe(id('2026-11-02T00:00:00Z'));
  });
});
