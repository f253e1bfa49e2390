import { describe, expect, test } from '@jest/globals';
import { offNotice, stillOnNotice } from '../../../shared/notices/still-on.ts';
import { aRun, aStage, INSTANCE, KEY } from '../builders.ts';

const NOW = Date.parse('2026-11-01T19:20:00.000Z');
const WARNED = '2026-11-01T19:15:05.000Z';

test('still on, an hour later - another id, the reason, and the command for a person', () => {
  const [one, two] = [NOW, NOW + 3_600_000].map((now) => stillOnNotice(aRun(), 'it was running', aStage(), now));
  expect(one?.id).not.toBe(two?.id);
  expect(one).toMatchObject({
    severity: 'critical',
    title: 'nightly 02:00: instance still on',
    lines: [`${INSTANCE} was asked to stop and is not stopped (it was running).`],
    todo: [`By hand: aws ec2 stop-instances --instance-ids ${INSTANCE}`],
    cause: `still-on ${KEY}`,
    state: 'open',
  });
});

describe('offNotice', () => {
  const off = (run: Parameters<typeof aRun>[0]) => offNotice(aRun({ status: 'aborted', ...run }), aStage(), NOW);
  const resolved = { cause: `still-on ${KEY}`, state: 'resolved' };

  test('nobody was told that it is on - nothing is said', () => {
    expect(off({ reason: 'its execution is aborted' })).toBeUndefined();
  });

  test('people were told - resolves what they were told, as a success', () => {
    expect(off({ warnedAt: WARNED })).toMatchObject({ severity: 'success', ...resolved });
    expect(off({ status: 'succeeded', reason: 'not stopped: x' })).toMatchObject(resolved);
    expect(off({ status: 'failed', reason: 'JobFailed; not stopped: x', warnedAt: WARNED })).toMatchObject(resolved);
  });

  test('only the notice of the failed run told it, as part of another incident - news of the run', () => {
    const notice = off({ status: 'failed', reason: 'JobFailed; not stopped: x' });
    expect(notice).toMatchObject({ run: KEY, title: 'nightly 02:00: instance off' });
    expect(notice).not.toHaveProperty('cause');
  });

  test('said again by a next sweep - the same id', () => {
    const [one, two] = [NOW, NOW + 600_000].map((now) => offNotice(aRun({ warnedAt: WARNED }), aStage(), now)?.id);
    expect(one).toBe(two);
  });
});
