import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { because, REASONS, type Reason, readReason, retold } from '../../shared/reasons.ts';

const NAMES = Object.keys(REASONS) as Reason[];
/** What a person, a run or AWS is called, and what a person writes as a reason. */
const word = fc.stringMatching(/^[A-Za-z0-9한글_:.-]{1,20}$/);

describe('a recorded reason', () => {
  test.each(NAMES)('%s - is read back, with its values', (name) => {
    const places = REASONS[name].match(/\{/g)?.length ?? 0;
    fc.assert(
      fc.property(fc.array(word, { minLength: places, maxLength: places }), (values) => {
        expect(readReason(because(name, ...values))).toEqual({ reason: name, values });
      }),
    );
  });

  test('a person’s reason of several sentences - whole', () => {
    const text = because('pausedUntil', 'Kim Ana', '2026-11-03T09:00:00+09:00', 'a move; see the wiki: 3 by 4');
    expect(readReason(text)?.values).toEqual(['Kim Ana', '2026-11-03T09:00:00+09:00', 'a move; see the wiki: 3 by 4']);
  });
});

describe('retold', () => {
  const say = (name: Reason, ...values: string[]) => `${name}(${values.join('|')})`;

  test.each([
    ['busy: the run of 2026-11-02T02:00 is still going on', 'busy(2026-11-02T02:00)'],
    ['breaker open: 5 failures in a row; resume nightly to close it', 'breakerOpen(5|nightly)'],
    ['DeadlineExceeded: the job was still running at its deadline', 'DeadlineExceeded: jobTooLong()'],
    [
      'JobFailed: the job ended Failed with exit code 3; the clean-up ended with exit code 2; not stopped: Ec2.X: no',
      'JobFailed: jobEnded(Failed|3); cleanUpFailed(2); notStopped(Ec2.X: no)',
    ],
    [
      'the clean-up ended with exit code 2; not stopped: it was pending',
      'cleanUpFailed(2); notStopped(instanceWas(pending))',
    ],
    ['its execution is timed out', 'executionDead(timed out)'],
  ])('%s - what is ours is said anew', (text, expected) => {
    expect(retold(text, say)).toBe(expected);
  });

  test.each([
    'StackFailed: ROLLBACK_COMPLETE; Db/Cluster (AWS::DocDB::DBCluster): it was not allowed; see the limits',
    'Ec2.UnauthorizedOperation: You are not authorized: late',
    'InstanceNotFound: no instance i-1 in this account and region: correct instance.id in the stage file',
    'closed by peer',
    '',
  ])('%j - what others said is a fact', (text) => {
    expect(retold(text, say)).toBe(text);
  });
});
