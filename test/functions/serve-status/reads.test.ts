import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, test } from '@jest/globals';
import { anEnvironment, aQueue, aRun, aStage, aWorkload } from '../../shared/builders.ts';
import { startDatabase } from '../../shared/state/database.ts';
import { aService } from '../../shared/watch/services.ts';

const database = await startDatabase();
const { statusNow, real } = await import('../../../functions/serve-status/now.ts');
const { takeLease, releaseLease } = await import('../../../shared/state/lease.ts');
const { claimRun } = await import('../../../shared/state/runs.ts');
const { table, tableName } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

const NOW = Date.parse('2026-11-02T10:00:00+09:00');
const reads: string[] = [];
table.middlewareStack.add(
  (next, context) => async (args) => {
    const name = String(context['commandName']);
    if (!/Put|Update/.test(name)) reads.push(name);
    return next(args);
  },
  { step: 'initialize', name: 'count' },
);

const many = <T>(count: number, name: string, of: T) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}-${index}`, of]));
const stage = aStage({
  workloads: { nightly: aWorkload(), ...many(8, 'batch', aWorkload()), ...many(2, 'shop', anEnvironment()) },
  services: many(4, 'web', aService()),
  queues: many(2, 'jobs', aQueue()),
});
const effects = {
  ...real,
  stage: () => stage,
  now: () => NOW,
  describeInstances: async () => new Map(),
  describeStack: async () => undefined,
};

/** A run that began and ended so many hours ago. */
async function ran(workload: string, hoursAgo: number) {
  const at = new Date(NOW - hoursAgo * 3_600_000).toISOString();
  const run = aRun({ workload, key: at.slice(0, 16), admittedAt: at, endedAt: at, status: 'succeeded' });
  await claimRun(run);
  await takeLease({ workload, key: run.key, deadlineAt: at }, Date.parse(at));
  await releaseLease(run);
  return run.key;
}

test('seventeen things, with a history or without - five reads at most, and never more for a longer history', async () => {
  const counted = async () => {
    reads.length = 0;
    const { workloads } = await statusNow(effects);
    expect(workloads).toHaveLength(17);
    return [...reads];
  };
  const empty = await counted();
  expect(empty.length).toBeLessThanOrEqual(5);

  for (let hour = 60; hour > 0; hour--) await ran('nightly', hour);
  for (const name of Object.keys(stage.workloads)) await ran(name, 0.5);
  for (let minute = 0; minute < 60; minute++)
    await table.send(new PutCommand({ TableName: tableName(), Item: { pk: 'watch', sk: `minute#x${minute}` } }));

  expect(await counted()).toEqual(
    ['BatchGetItemCommand', 'BatchGetItemCommand'].map(() => expect.stringMatching(/^BatchGet/)),
  );
});

test('the newest run - is found by its lease, also when a person had the lease for a while', async () => {
  const run = async () => (await statusNow(effects)).workloads.find(({ name }) => name === 'nightly')?.run?.key;
  const newest = await ran('nightly', 0.25);
  expect(await run()).toBe(newest);
  await takeLease({ workload: 'nightly', key: 'kim@laptop', deadlineAt: '2026-11-02T00:00:00Z' }, NOW);
  expect(await run()).toBe(newest);
});
