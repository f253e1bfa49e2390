import { describe, expect, test } from '@jest/globals';
import { type BatchPlan, plan as contract } from '../../../functions/admit-run/contract.ts';
import { planRun } from '../../../functions/admit-run/plan.ts';
import type { BatchWorkload } from '../../../shared/stage/compiled.ts';
import { ADMITTED, aStage, aWorkload, EXECUTION, INSTANCE, KEY, SCHEDULED } from '../../shared/builders.ts';

const plan = (request: object = {}, workload: BatchWorkload = aWorkload(), startedAt = ADMITTED) =>
  planRun(aStage(), workload, {
    request: { workload: 'nightly', scheduledFor: SCHEDULED, by: 'schedule', parameters: {}, ...request },
    execution: EXECUTION,
    startedAt,
  }) as BatchPlan;

describe('planRun of a batch', () => {
  test('a scheduled run - everything in UTC, the key in local time', () => {
    const run = plan();
    expect(run).toMatchObject({
      kind: 'batch',
      workload: 'nightly',
      key: KEY,
      scheduledFor: SCHEDULED,
      execution: EXECUTION,
      instanceId: INSTANCE,
      admittedAt: ADMITTED,
      stopIfFoundRunning: false,
    });
    expect(contract.parse(run)).toEqual(run);
  });

  test('the deadline - counts from the admission, and the safety stop fires two minutes after it, in UTC', () => {
    const run = plan({}, aWorkload({ deadlineSeconds: 5400 }));
    expect(run.deadlineAt).toBe('2026-11-01T18:30:05.120Z');
    expect(run.safetyStop.expression).toBe('at(2026-11-01T18:32:05)');
  });

  test('the time with an offset, as EventBridge Scheduler could write it - the same run', () => {
    expect(plan({ scheduledFor: '2026-11-02T02:00:00+09:00' })).toEqual(plan());
  });

  test('a time inside a spring gap - keeps the name that the sweeper gives it', () => {
    const newYork = aWorkload({ timezone: 'America/New_York' });
    const run = plan(
      { scheduledFor: '2027-03-14T07:00:00Z', key: '2027-03-14T02:30' },
      newYork,
      '2027-03-14T07:00:31Z',
    );
    expect(run.key).toBe('2027-03-14T02:30');
    expect(run.safetyStop.name).toBe('dev-nightly-202703140230');
  });

  test('the hour that occurs twice - both occurrences are one key', () => {
    const newYork = aWorkload({ timezone: 'America/New_York' });
    const keys = ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'].map((at) => plan({ scheduledFor: at }, newYork).key);
    expect(keys).toEqual(['2026-11-01T01:30', '2026-11-01T01:30']);
  });

  test('by hand twice in one minute - two runs with safety stops of their own', () => {
    const first = plan({ scheduledFor: undefined, by: 'ana' });
    const second = plan({ scheduledFor: undefined, by: 'ana' }, aWorkload(), '2026-11-01T17:00:41.000Z');
    expect([first.key, second.key]).toEqual([`${KEY}:05`, `${KEY}:41`]);
    expect(first.safetyStop.name).not.toBe(second.safetyStop.name);
    expect(first.scheduledFor).toBe(ADMITTED);
  });

  test('the longest names - the safety stop has a name that EventBridge Scheduler takes', () => {
    const workload = 'a'.repeat(24);
    const run = planRun(aStage({ stage: 's'.repeat(24) }), aWorkload(), {
      request: { workload, by: 'ana', parameters: {} },
      execution: EXECUTION,
      startedAt: ADMITTED,
    }) as BatchPlan;
    expect(run.safetyStop.name).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/);
  });

  test('a job by SSM - the whole request, and no handover', () => {
    const { job } = plan();
    expect(job).toMatchObject({
      by: 'ssm',
      command: {
        DocumentName: 'AWS-RunShellScript',
        InstanceIds: [INSTANCE],
        Parameters: { executionTimeout: ['7200'] },
      },
    });
    expect(job).not.toHaveProperty('handover');
  });

  test('a job at boot - the handover names the run and the deadline, and no command', () => {
    const { job } = plan({}, aWorkload({ run: { by: 'boot', heartbeatSeconds: 90 } }));
    expect(job).toMatchObject({ by: 'boot', heartbeatSeconds: 90 });
    expect(job.handover).toContain(`RUN=nightly ${KEY}\nDEADLINE=1793559605\nCOMMAND=./job.sh\n`);
    expect(job).not.toHaveProperty('command');
  });

  test('parameters of the slot and of the request - the request wins', () => {
    const workload = aWorkload({
      at: [{ time: '02:00', parameters: { risk: 'slot', mode: 'slot' } }],
      run: { by: 'boot', parameters: { risk: 'default', mode: 'default', depth: 'default' } },
    });
    const { handover } = plan({ parameters: { risk: 'asked' } }, workload).job;
    expect(handover?.match(/ENV_.*/g)).toEqual(['ENV_RISK=asked', 'ENV_MODE=slot', 'ENV_DEPTH=default']);
  });
});
