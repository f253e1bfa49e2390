import { describe, expect, test } from '@jest/globals';
import { awaitHealth } from '../../../functions/await-health/handler.ts';
import type { Health } from '../../../shared/stage/compiled.ts';
import { anEnvironment, aStage, aWorkload } from '../../shared/builders.ts';

const UP = '2026-11-02T00:10:00.000Z';
const URL = 'https://chat.example.com/health';

interface World {
  answer: { status?: number; problem?: string };
  seconds?: number;
  health?: Partial<Health>;
}

/** An environment that has been up for so long, and how it answers. */
function world({ answer, seconds = 0, health }: World) {
  const asked: unknown[] = [];
  const workloads = {
    'chat-app': anEnvironment({ health: { url: URL, withinSeconds: 600, ...health } }),
    silent: anEnvironment(),
    nightly: aWorkload(),
  };
  const effects = {
    stage: () => aStage({ workloads }),
    get: async (...question: unknown[]) => {
      asked.push(question);
      return answer;
    },
    now: () => Date.parse(UP) + seconds * 1000,
  };
  return { asked, effects };
}

const event = { workload: 'chat-app', upAt: UP };
const unwell = { answer: { status: 503, problem: 'answers 503' } };

describe('awaitHealth', () => {
  test('it answers as it should - the status, and when', async () => {
    const { effects } = world({ answer: { status: 204 }, seconds: 90 });
    expect(await awaitHealth(event, effects)).toEqual({ status: 204, at: '2026-11-02T00:11:30.000Z' });
  });

  test('what it is asked - the address and the text of the stage file', async () => {
    const { asked, effects } = world({ answer: { status: 200 }, health: { contains: '"UP"' } });
    await awaitHealth(event, effects);
    expect(asked).toEqual([[URL, '"UP"']]);
  });

  test('it does not - NotHealthy until its time is over, then DeadlineExceeded with how long that was', async () => {
    await expect(awaitHealth(event, world({ ...unwell, seconds: 599 }).effects)).rejects.toMatchObject({
      name: 'NotHealthy',
      message: `${URL} answers 503`,
    });
    await expect(awaitHealth(event, world({ ...unwell, seconds: 600 }).effects)).rejects.toMatchObject({
      name: 'DeadlineExceeded',
      message: `${URL} answers 503, 10 minutes after the environment came up`,
    });
  });

  test('no answer at all - the same', async () => {
    const answer = { problem: 'does not answer (ECONNREFUSED)' };
    await expect(awaitHealth(event, world({ answer }).effects)).rejects.toMatchObject({ name: 'NotHealthy' });
  });

  test('well at last, after its time - well: it is asked before it is given up', async () => {
    const { effects } = world({ answer: { status: 200 }, seconds: 3600 });
    expect(await awaitHealth(event, effects)).toMatchObject({ status: 200 });
  });

  test.each([
    ['silent', 'InvalidInput', 'silent has no health check'],
    ['nightly', 'InvalidInput', 'nightly has no health check'],
    ['chat-ap', 'UnknownWorkload', 'chat-ap'],
  ])('%s - %s, and nobody is asked', async (workload, name, message) => {
    const { asked, effects } = world(unwell);
    await expect(awaitHealth({ ...event, workload }, effects)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(asked).toEqual([]);
  });
});
