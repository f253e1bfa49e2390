import { describe, expect, test } from '@jest/globals';
import type { BatchPlan, EnvironmentPlan } from '../../../functions/admit-run/contract.ts';
import { planRun } from '../../../functions/admit-run/plan.ts';
import { input } from '../../../functions/send-notice/contract.ts';
import { sendNotice } from '../../../functions/send-notice/handler.ts';
import { workerTargets } from '../../../resources/queues/estate.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import {
  ADMITTED,
  anEnvironment,
  aQueue,
  aStage,
  aWorkload,
  EXECUTION,
  KEY,
  SCHEDULED,
  STOP_ADMITTED,
  STOP_AT,
  STOP_EXECUTION,
  STOP_KEY,
} from '../../shared/builders.ts';

function topic() {
  const published: Notice[] = [];
  const effects = {
    publish: async (notice: Notice) => {
      published.push(notice);
    },
    stage: () => aStage(),
  };
  return { published, effects };
}

const request = { workload: 'nightly', scheduledFor: SCHEDULED, by: 'schedule', parameters: {} };
const run = planRun(aStage(), aWorkload(), { request, execution: EXECUTION, startedAt: ADMITTED }) as BatchPlan;

describe('sendNotice', () => {
  test('a run started - says so with its local deadline, under an id that a retry repeats', async () => {
    const { published, effects } = topic();
    const answer = await sendNotice({ event: 'run-started', run, foundOn: false }, effects);
    expect(published).toEqual([
      expect.objectContaining({
        id: `nightly ${KEY} started`,
        severity: 'info',
        workload: 'nightly',
        execution: EXECUTION,
      }),
    ]);
    expect(published[0]?.lines).toEqual(['The instance is on.', 'It has until 04:00.']);
    expect(answer).toEqual({ id: published[0]?.id });
    expect(await sendNotice({ event: 'run-started', run, foundOn: false }, effects)).toEqual(answer);
  });

  test('the instance was on before - says that it is left on', async () => {
    const { published, effects } = topic();
    await sendNotice({ event: 'run-started', run, foundOn: true }, effects);
    expect(published[0]?.lines.join()).toContain('left on');
  });

  test('it was on before and is stopped all the same - does not say that it is left on', async () => {
    const { published, effects } = topic();
    await sendNotice({ event: 'run-started', run: { ...run, stopIfFoundRunning: true }, foundOn: true }, effects);
    expect(published[0]?.lines.join()).not.toContain('left on');
    expect(published[0]?.lines[0]).toContain('stopped at the end');
  });

  test('an environment begins - says what is done to it, under an id that a retry repeats', async () => {
    const { published, effects } = topic();
    const stage = aStage({ workloads: { 'chat-app': anEnvironment() } });
    const stop = planRun(stage, anEnvironment(), {
      request: { workload: 'chat-app', scheduledFor: STOP_AT, by: 'schedule', parameters: {} },
      act: 'stop',
      execution: STOP_EXECUTION,
      startedAt: STOP_ADMITTED,
    }) as EnvironmentPlan;
    const event = { event: 'environment-begins', run: stop } as const;
    expect(input.parse(event)).toEqual(event);
    const answer = await sendNotice(event, { ...effects, stage: () => stage });
    expect(published).toEqual([
      expect.objectContaining({
        id: `chat-app ${STOP_KEY} began`,
        severity: 'info',
        title: 'chat-app is being deleted',
        execution: STOP_EXECUTION,
      }),
    ]);
    expect(await sendNotice(event, { ...effects, stage: () => stage })).toEqual(answer);
  });

  test('an environment that is no environment’s plan - does not fit the contract', () => {
    expect(input.safeParse({ event: 'environment-begins', run }).success).toBe(false);
    expect(
      input.safeParse({ event: 'run-started', run: { ...run, kind: 'environment' }, foundOn: false }).success,
    ).toBe(false);
  });

  test('not admitted - critical, with the error’s name and its cause', async () => {
    const { published, effects } = topic();
    const error = { Error: 'UnknownWorkload', Cause: '{"errorMessage":"stage dev has no workload"}' };
    await sendNotice({ event: 'not-admitted', request, error }, effects);
    expect(published[0]).toMatchObject({
      severity: 'critical',
      workload: 'nightly',
      title: 'nightly could not be started',
    });
    expect(published[0]?.lines[0]).toMatch(/^UnknownWorkload: .*has no workload/);
  });

  test('what the machine sends after a failed Admit - fits the contract', () => {
    const error = { Error: 'States.Timeout' };
    expect(input.safeParse({ event: 'not-admitted', request: { workload: 'nightly', error }, error }).success).toBe(
      true,
    );
  });

  test('the topic does not take it - the error gets through, so that the machine tries again', async () => {
    const publish = async () => {
      throw new Error('throttled');
    };
    await expect(
      sendNotice({ event: 'run-started', run, foundOn: false }, { ...topic().effects, publish }),
    ).rejects.toThrow('throttled');
  });
});

describe('what the emergency stop hands over', () => {
  const asked = { event: 'emergency-ends', by: 'kim', why: 'the bill', execution: EXECUTION, round: 2 };
  const ended = (target: object) => ({
    ...{ ...asked, gate: { closed: true }, machines: [{ state: 'nothing' }], history: [] },
    targets: [{ state: 'stopped', target }],
  });

  test('each kind of target that a stage names - is understood as it is', () => {
    const queues = { crawl: aQueue(), again: aQueue() };
    const [workers, ...others] = workerTargets(aStage({ queues }));
    // Two queues that share their workers have them stopped once.
    expect(others).toEqual([]);
    for (const target of [workers ?? {}, { kind: 'stack', workload: 'chat-app', id: 'ChatApp' }])
      expect(input.parse(ended(target))).toMatchObject({ targets: [{ target }] });
  });

  test('workers without their cluster - are not', () => {
    expect(input.safeParse(ended({ kind: 'workers', workload: 'crawl', id: 'service/a/b' })).success).toBe(false);
  });
});
