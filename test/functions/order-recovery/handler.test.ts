import { beforeEach, expect, jest, test } from '@jest/globals';
import { orderRecovery } from '../../../functions/order-recovery/handler.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aRecoveredStage, aRecovery, BEGUN } from '../../shared/recovery/recoveries.ts';

beforeEach(() => {
  jest.spyOn(console, 'info').mockImplementation(() => undefined);
});

function world(runs: Partial<Run>[] = [], isListening = true) {
  const did: unknown[][] = [];
  const effects = {
    stage: () => aRecoveredStage(),
    now: () => Date.parse(BEGUN),
    newestRuns: async () => runs.map((run) => aRecovery(run)),
    startExecution: async (...asked: unknown[]) => {
      did.push(['start', ...asked]);
      return true;
    },
    setApproved: async (run: { key: string }, approved: unknown) => {
      did.push(['remember', run.key, approved]);
    },
    sendTaskSuccess: async (...answer: unknown[]) => {
      did.push(['answer', ...answer]);
      return isListening;
    },
  };
  return {
    order: (act: 'recover' | 'approve', workload = 'web', step: { run?: string; rung?: string } = {}) =>
      orderRecovery({ act, workload, by: 'kim', why: 'errors', ...step }, effects),
    did,
  };
}

test('recover - the machine is started in the name of who asked, once a second', async () => {
  const { order, did } = world();
  expect(await order('recover')).toEqual({ said: 'web is being recovered' });
  expect(did).toEqual([['start', 'recover', 'web-by-hand-1793577723', { service: 'web', by: 'kim', why: 'errors' }]]);
});

test.each([true, false])(
  'approve, and the execution listens: %s - it is remembered, and heard sooner or later',
  async (isListening) => {
    const approval = { rung: 'stop-start', token: 'AAAA' } as const;
    const { order, did } = world([{ status: 'skipped' }, { approval }], isListening);
    expect(await order('approve')).toEqual({ said: 'stop-start of web is approved' });
    expect(did).toEqual([
      ['remember', '2026-11-02T09:02', { by: 'kim', rung: 'stop-start' }],
      ['answer', 'AAAA', { by: 'kim', rung: 'stop-start' }],
    ]);
  },
);

test.each<[string, Partial<Run>[]]>([
  ['nothing waits', [{}]],
  ['it waited once', [{ status: 'failed', approval: { rung: 'stop-start', token: 'AAAA' } }]],
])('approve, and %s - refused', async (_, runs) => {
  await expect(world(runs).order('approve')).rejects.toMatchObject({
    name: 'InvalidInput',
    message: 'workload: nothing of web waits to be approved',
  });
});

test.each([
  [{ run: '2026-11-02T09:02', rung: 'stop-start' }, true],
  [{ run: '2026-11-02T09:02', rung: 'reboot' }, false],
  [{ run: '2026-11-01T09:02', rung: 'stop-start' }, false],
])('approve %j while stop-start of 09:02 waits - done: %s', async (step, isDone) => {
  const { order, did } = world([{ approval: { rung: 'stop-start', token: 'AAAA' } }]);
  const answer = order('approve', 'web', step);
  if (isDone) await answer;
  else
    await expect(answer).rejects.toMatchObject({
      name: 'InvalidInput',
      message: `workload: ${step.rung} in ${step.run} of web does not wait to be approved`,
    });
  expect(did.length > 0).toBe(isDone);
});

test('what is not recovered - refused', async () => {
  await expect(world().order('recover', 'other')).rejects.toMatchObject({ name: 'InvalidInput' });
});
