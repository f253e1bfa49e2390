import { describe, expect, test } from '@jest/globals';
import type { PipelineEnd } from '../../../functions/settle-run/contract.ts';
import { judgePipeline } from '../../../functions/settle-run/judge-pipeline.ts';
import type { StepRecord } from '../../../shared/state/steps.ts';
import { minutesAfter } from '../../shared/builders.ts';
import { aPipeline, aPlan, aRecord, BEGUN } from '../../shared/pipeline/a-run.ts';

const NAMES = Object.keys(aPipeline().steps);
function judged(
  changed: Record<string, Partial<StepRecord> | undefined> = {},
  { minutes = 6, ...end }: Partial<PipelineEnd> & { minutes?: number } = {},
) {
  const records = NAMES.flatMap((name) => (name in changed && !changed[name] ? [] : [aRecord(name, changed[name])]));
  return judgePipeline({ decision: 'run', run: aPlan(), ...end }, aPipeline(), records, minutesAfter(BEGUN, minutes));
}
const passed = { status: 'passed-over' as const, startedAt: undefined, reason: 'kospi did not succeed' };

describe('how a run of a pipeline ended', () => {
  test('all steps succeeded - it did, with what each was', () => {
    const ending = judged();
    expect(ending).toMatchObject({ status: 'succeeded', startedAt: BEGUN, endedAt: '2026-11-23T07:36:01.000Z' });
    expect(ending.ended?.map(({ name, status, seconds }) => `${name} ${status} ${seconds}`)).toEqual(
      NAMES.map((name) => `${name} succeeded 60`),
    );
    expect(ending).not.toHaveProperty('warnings');
  });

  test('it took longer than it should - warned of; longer than it may - failed', () => {
    expect(judged({}, { minutes: 11 })).toMatchObject({
      ...{ status: 'succeeded', warnings: ['took 660 seconds, more than 600'] },
    });
    expect(judged({}, { minutes: 16 })).toMatchObject({ status: 'failed', reason: 'took 960 seconds, more than 900' });
  });

  test('a step failed, and others were passed over for it - failed, for the first alone', () => {
    const changed = { kospi: { status: 'failed' as const, reason: 'JobFailed' }, save: passed, log: passed };
    expect(judged(changed, { minutes: 16 })).toMatchObject({ status: 'failed', reason: 'kospi did not succeed' });
  });

  test('a step ran out of time - so did the run; with another that failed, it failed', () => {
    const timedOut = { status: 'timed-out' as const };
    expect(judged({ kospi: timedOut, save: passed, log: passed })).toMatchObject({ status: 'timed-out' });
    expect(judged({ kospi: timedOut, kosdaq: { status: 'failed' } })).toMatchObject({
      ...{ status: 'failed', reason: 'kospi, kosdaq did not succeed' },
    });
  });

  test.each([
    ['the time of the run was up', 'timed-out'],
    ['everything is stopped for an emergency', 'failed'],
  ])('steps were passed over since %s - %s', (reason, status) => {
    expect(judged({ save: { ...passed, reason }, log: passed })).toMatchObject({ status, reason });
  });

  test('the machine could not go on - for that, with what was not come by', () => {
    const error = { Error: 'ConfigurationMissing', Cause: '{"errorMessage":"no table"}' };
    const ending = judged({ save: undefined, log: undefined }, { error });
    expect(ending).toMatchObject({ status: 'failed', reason: 'ConfigurationMissing: no table' });
    expect(ending.ended?.slice(3).map(({ status }) => status)).toEqual(['passed-over', 'passed-over']);
    expect(judged({}, { error: { Error: 'States.Timeout' } })).toMatchObject({ status: 'timed-out' });
  });

  test('no error, and a step is neither done nor passed over - failed, not taken for good', () => {
    expect(judged({ log: { status: 'running', endedAt: undefined } })).toMatchObject({
      ...{ status: 'failed', reason: 'log did not succeed' },
    });
    expect(judged({ log: undefined })).toMatchObject({ status: 'failed', reason: 'it was not come by' });
  });

  test.each(['skip', 'wait'] as const)('not begun, by the decision to %s - skipped, with the reason', (decision) => {
    expect(judged({}, { decision, reason: 'busy: the run of x is still going on' })).toEqual({
      ...{ status: 'skipped', reason: 'busy: the run of x is still going on', endedAt: '2026-11-23T07:36:01.000Z' },
    });
  });
});

describe('how a run ended that was begun again', () => {
  const second = (again: PipelineEnd['run']['again']) => ({ run: aPlan({ generation: 2, again }) });
  const all = (changed: Record<string, Partial<StepRecord>> = {}) =>
    Object.fromEntries(NAMES.map((name) => [name, { generation: 2, ...changed[name] }]));

  test('from a step on, and one before it had failed - succeeded: nobody asked for that one', () => {
    expect(judged(all({ kospi: { status: 'failed' } }), second({ from: 'save' }))).toMatchObject({
      status: 'succeeded',
    });
  });

  test('only what failed, and it fails again - failed', () => {
    expect(judged(all({ kospi: { status: 'failed' } }), second({ only: 'failed' }))).toMatchObject({
      status: 'failed',
    });
  });

  test('what a step was in the execution before - does not count', () => {
    expect(judged(all({ log: { generation: 1 } }), second({}))).toMatchObject({ status: 'failed' });
  });
});
