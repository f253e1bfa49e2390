import { describe, expect, test } from '@jest/globals';
import { settledNotice, stillUpNotice } from '../../../shared/notices/still-up.ts';
import { anEnvironment, anEnvironmentRun, aStage } from '../builders.ts';

const STAGE = aStage({ workloads: { 'chat-app': anEnvironment() } });
const LATER = Date.parse('2026-11-02T09:20:00Z');

describe('stillUpNotice', () => {
  test('an hour later - critical, with another id, the reason, and the command for a person', () => {
    const run = anEnvironmentRun({ status: 'failed', reason: 'StackNotDeleted: Bucket' });
    const [one, two] = [LATER, LATER + 3_600_000].map((now) => stillUpNotice(run, STAGE, now));
    expect(one).toMatchObject({
      severity: 'critical',
      title: 'chat-app is still up',
      lines: ['The stop of 18:00 did not delete it: StackNotDeleted: Bucket.', 'Until it is gone it costs money.'],
      did: ['It is tried again every hour, and said again.'],
      todo: ['By hand: aws cloudformation delete-stack --stack-name ChatAppMasterStack'],
      cause: 'stop',
      state: 'open',
    });
    expect(one?.id).not.toBe(two?.id);
  });

  test('no reason is known, and it is another day - a sentence all the same, with the date', () => {
    const [line] = stillUpNotice(anEnvironmentRun(), STAGE, LATER + 24 * 3_600_000).lines;
    expect(line).toBe('The stop of 11-02 18:00 did not delete it.');
  });
});

test('settledNotice - resolves the stop, and says why; the same id each time', () => {
  const run = anEnvironmentRun({ status: 'failed' });
  const [one, two] = [LATER, LATER + 600_000].map((now) => settledNotice(run, 'already gone', STAGE, now));
  expect(one).toMatchObject({
    severity: 'success',
    title: 'chat-app need not be deleted any more',
    lines: ['already gone'],
    cause: 'stop',
    state: 'resolved',
  });
  expect(one?.id).toBe(two?.id);
});
