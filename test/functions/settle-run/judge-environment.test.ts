import { describe, expect, test } from '@jest/globals';
import type { EnvironmentPlan } from '../../../functions/admit-run/contract.ts';
import { planRun } from '../../../functions/admit-run/plan.ts';
import { type EnvironmentEnd, environmentEnd } from '../../../functions/settle-run/contract.ts';
import { judgeEnvironment } from '../../../functions/settle-run/judge-environment.ts';
import { anEnvironment, aStage, STACK_ID, STOP_ADMITTED, STOP_AT, STOP_EXECUTION } from '../../shared/builders.ts';

const NOW = Date.parse('2026-11-02T09:20:00.000Z');
const ENDED = new Date(NOW).toISOString();
const run = (act: 'start' | 'stop') =>
  planRun(aStage(), anEnvironment(), {
    request: { workload: 'chat-app', scheduledFor: STOP_AT, by: 'schedule', parameters: {} },
    act,
    execution: STOP_EXECUTION,
    startedAt: STOP_ADMITTED,
  }) as EnvironmentPlan;

type Todo = NonNullable<EnvironmentEnd['found']>['todo'];
const found = (todo: Todo) => ({ todo, status: 'x', id: STACK_ID, at: STOP_ADMITTED });
const images = (isNewer: boolean) => ({ parameters: [], images: { ApiTag: 'api-7' }, isNewer });

/** What a machine leaves behind, judged; by the contract, as Lambda would get it. */
const judged = (act: 'start' | 'stop', left: Partial<EnvironmentEnd>) =>
  judgeEnvironment(environmentEnd.parse({ decision: 'run', run: run(act), ...left }), NOW);

describe('judgeEnvironment', () => {
  test('created - succeeded, with the images that it was created with', () => {
    expect(judged('start', { found: found('create'), images: images(true) })).toEqual({
      status: 'succeeded',
      reason: undefined,
      startedAt: STOP_ADMITTED,
      endedAt: ENDED,
      images: { ApiTag: 'api-7' },
    });
  });

  test('deleted - succeeded, and no images', () => {
    const ending = judged('stop', { found: found('delete'), losses: { givenUp: [] } });
    expect(ending).toMatchObject({ status: 'succeeded', endedAt: ENDED });
    expect([ending.reason, ending.images]).toEqual([undefined, undefined]);
  });

  test.each<[string, 'start' | 'stop', Partial<EnvironmentEnd>, string | undefined]>([
    ['a start found it up', 'start', { found: found('nothing') }, 'already up'],
    ['a stop found nothing', 'stop', { found: found('nothing') }, 'already gone'],
    ['it has the newest images', 'start', { found: found('refresh'), images: images(false) }, 'already up'],
    ['it was updated', 'start', { found: found('refresh'), images: images(true) }, undefined],
    ['it was created anew', 'start', { found: found('recreate'), images: images(true) }, undefined],
  ])('%s - succeeded, and says when there was nothing to do', (_, act, left, reason) => {
    expect(judged(act, left)).toMatchObject({ status: 'succeeded' });
    expect(judged(act, left).reason).toBe(reason);
  });

  test.each([
    [
      'DeadlineExceeded',
      '{"errorMessage":"x is still CREATE_IN_PROGRESS"}',
      'timed-out',
      'x is still CREATE_IN_PROGRESS',
    ],
    ['States.Timeout', undefined, 'timed-out', undefined],
    [
      'StackFailed',
      '{"errorMessage":"ROLLBACK_COMPLETE; Db/Cluster: no"}',
      'failed',
      'ROLLBACK_COMPLETE; Db/Cluster: no',
    ],
    ['DataWouldBeLost', '{"errorMessage":"Bucket"}', 'failed', 'Bucket'],
    ['CloudFormation.CloudFormationException', 'Rate exceeded', 'failed', 'Rate exceeded'],
  ])('%s with the cause %j - %s', (name, cause, status, words) => {
    for (const act of ['start', 'stop'] as const)
      expect(judged(act, { found: found('create'), error: { Error: name, Cause: cause } })).toMatchObject({
        status,
        reason: words ? `${name}: ${words}` : name,
        endedAt: ENDED,
      });
  });

  test('it failed although it was found up - failed: the error counts', () => {
    const left = { found: found('nothing'), error: { Error: 'StackFailed' } };
    expect(judged('start', left)).toMatchObject({ status: 'failed', reason: 'StackFailed' });
  });

  test('the health check failed - failed, and the images stay known', () => {
    const left = { found: found('create'), images: images(true), error: { Error: 'DeadlineExceeded' } };
    expect(judged('start', left)).toMatchObject({ status: 'timed-out', images: { ApiTag: 'api-7' } });
  });

  test.each(['skip', 'wait', 'duplicate'] as const)('the decision is to %s - skipped, with the reason', (decision) => {
    expect(judged('stop', { decision, reason: 'busy: x' })).toEqual({
      status: 'skipped',
      reason: 'busy: x',
      endedAt: ENDED,
    });
    expect(judged('stop', { decision }).reason).toBe('no reason given');
  });
});
