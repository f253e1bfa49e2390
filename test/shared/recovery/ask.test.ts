import { describe, expect, test } from '@jest/globals';
import { askUntilSure } from '../../../shared/recovery/ask.ts';
import type { ServiceWorkload } from '../../../shared/stage/compiled.ts';
import type { Question } from '../../../shared/watch/ask.ts';
import type { Result } from '../../../shared/watch/result.ts';
import { BAD, OK, UNKNOWN } from '../watch/services.ts';
import { aRecoveredStage, BEGUN } from './recoveries.ts';

const NOW = Date.parse(BEGUN);

/** A service that answers as it is told, once after the other; the last answer stays. */
function world(
  answers: Result[],
  { control = OK, service = {}, heard }: { control?: Result; service?: Partial<ServiceWorkload>; heard?: number } = {},
) {
  let [now, asked] = [NOW, 0];
  const effects = {
    ask: async (questions: Question[]) =>
      questions.map(({ name }) =>
        name === 'control' ? control : (answers[Math.min(asked++, answers.length - 1)] ?? OK),
      ),
    heartbeats: async () => new Map(heard === undefined ? [] : [['web', NOW - heard * 60_000]]),
    newestRuns: async () => [],
    factsOf: async () => ({ words: [] }),
    now: () => now,
    pause: async () => {
      now += 10_000;
    },
  };
  const stage = aRecoveredStage({}, service);
  return { ask: (failures = 1) => askUntilSure(stage, 'web', failures, effects), asked: () => asked };
}

describe('askUntilSure', () => {
  test('it fails as often as it takes - down, with what was found', async () => {
    const { ask, asked } = world([BAD]);
    expect(await ask(3)).toEqual({ isDown: true, at: '2026-11-02T00:02:23.120Z', problem: 'front: answers 500' });
    expect(asked()).toBe(3);
  });

  test('it answers as often as closes it - not down, and no more than four times', async () => {
    const { ask, asked } = world([OK]);
    expect(await ask()).toMatchObject({ isDown: false });
    expect(asked()).toBe(2);
    const patient = world([OK], { service: { closeAfter: 30 } });
    expect(await patient.ask()).toMatchObject({ isDown: false });
    expect(patient.asked()).toBe(4);
  });

  test('now this, now that - neither', async () => {
    const { ask } = world([BAD, OK, BAD, OK, BAD]);
    const { isDown, problem } = await ask(3);
    expect([isDown, problem]).toEqual([undefined, 'front: answers 500']);
  });

  test('the control probe does not answer either - nobody knows, however the service does', async () => {
    for (const answer of [OK, BAD])
      await expect(world([answer], { control: BAD }).ask()).rejects.toMatchObject({
        name: 'NobodyKnows',
        message: 'the control probe does not answer',
      });
  });

  test('there was no time to ask - nobody knows', async () => {
    await expect(world([UNKNOWN]).ask()).rejects.toMatchObject({ name: 'NobodyKnows' });
  });

  test('a heartbeat - silent is down; never heard of is neither, and alone says nothing', async () => {
    const heartbeat = { kind: 'heartbeat', name: 'alive', everySeconds: 300 } as const;
    const alone = { service: { checks: [heartbeat] } };
    expect(await world([], { ...alone, heard: 6 }).ask()).toMatchObject({
      isDown: true,
      problem: 'alive: silent for 6 minutes',
    });
    expect(await world([], { ...alone, heard: 2 }).ask()).toMatchObject({ isDown: false });
    await expect(world([], alone).ask()).rejects.toMatchObject({ name: 'NobodyKnows' });
    const { checks } = aRecoveredStage().services['web'] ?? { checks: [] };
    expect(await world([OK], { service: { checks: [...checks, heartbeat] } }).ask()).toMatchObject({ isDown: false });
  });
});
