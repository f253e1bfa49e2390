import { describe, expect, test } from '@jest/globals';
import { askService } from '../../../functions/ask-service/handler.ts';
import type { Question } from '../../../shared/watch/ask.ts';
import type { Result } from '../../../shared/watch/result.ts';
import { aRecoveredStage, BEGUN } from '../../shared/recovery/recoveries.ts';
import { BAD, OK } from '../../shared/watch/services.ts';

const NOW = Date.parse(BEGUN);

function world(answer: Result, control: Result = OK) {
  return {
    ask: async (questions: Question[]) => questions.map(({ name }) => (name === 'control' ? control : answer)),
    heartbeats: async () => new Map<string, number>(),
    newestRuns: async () => [],
    factsOf: async () => ({ words: [] }),
    stage: () => aRecoveredStage(),
    now: () => NOW,
    pause: async () => undefined,
  };
}

const confirmed = { want: 'confirmed', service: 'web', failures: 1 } as const;
const up = (secondsAgo: number) =>
  ({ want: 'up', service: 'web', since: new Date(NOW - secondsAgo * 1000).toISOString(), withinSeconds: 180 }) as const;

describe('askService, to confirm', () => {
  test('down, and well - as it is seen', async () => {
    expect(await askService(confirmed, world(BAD))).toEqual({ isDown: true, at: BEGUN, problem: 'front: answers 500' });
    expect(await askService(confirmed, world(OK))).toEqual({ isDown: false, at: BEGUN });
  });

  test('our own network - nobody knows', async () => {
    await expect(askService(confirmed, world(BAD, BAD))).rejects.toMatchObject({ name: 'NobodyKnows' });
  });
});

describe('askService, after a step', () => {
  test('it answers - up, however late', async () => {
    expect(await askService(up(500), world(OK))).toEqual({ isDown: false, at: BEGUN });
  });

  test.each([
    ['within its time', 179, 'NotHealthy'],
    ['after its time', 180, 'StillDown'],
  ])('it does not answer %s - %s s: %s', async (_, seconds, name) => {
    await expect(askService(up(seconds), world(BAD))).rejects.toMatchObject({ name, message: 'front: answers 500' });
  });

  test('it cannot be seen - not up: asked again, and given up in its time', async () => {
    await expect(askService(up(10), world(OK, BAD))).rejects.toMatchObject({ name: 'NotHealthy' });
    await expect(askService(up(200), world(OK, BAD))).rejects.toMatchObject({ name: 'StillDown' });
  });
});
