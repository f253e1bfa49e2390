import { expect, test } from '@jest/globals';
import { listRuns } from '../../../functions/list-runs/handler.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aStage } from '../../shared/builders.ts';
import { aService } from '../../shared/watch/services.ts';

test('a workload of the stage - its newest runs, as many as asked for', async () => {
  const asked: unknown[] = [];
  const newestRuns = async (...question: unknown[]) => {
    asked.push(question);
    return [{ key: '2026-11-02T09:00' }, { key: '2026-11-02T02:00' }] as Run[];
  };
  const stage = aStage();
  const [workload = ''] = Object.keys(stage.workloads);
  const { runs } = await listRuns({ workload, limit: 2 }, { newestRuns, stage: () => stage });
  expect(runs.map(({ key }) => key)).toEqual(['2026-11-02T09:00', '2026-11-02T02:00']);
  expect(asked).toEqual([[workload, 2]]);
});

test('a service - its recoveries, without the tokens that approve them', async () => {
  const approval = { rung: 'stop-start', token: 'AAAA' };
  const newestRuns = async () => [{ key: '2026-11-02T09:00', kind: 'service', approval }] as Run[];
  const stage = () => aStage({ workloads: {}, services: { web: aService() } });
  const { runs } = await listRuns({ workload: 'web', limit: 2 }, { newestRuns, stage });
  expect(runs).toEqual([{ key: '2026-11-02T09:00', kind: 'service' }]);
});

test('a workload that the stage does not have - named, with those that it has', async () => {
  const newestRuns = async () => [];
  await expect(listRuns({ workload: 'nigthly', limit: 2 }, { newestRuns, stage: () => aStage() })).rejects.toThrow(
    /no workload "nigthly"; it has: /,
  );
});
