import { describeInstances, type InstanceFacts } from '../../shared/aws/instances.ts';
import { describeStack } from '../../shared/aws/stacks.ts';
import type { Look } from '../../shared/cost/reckon.ts';
import { asError } from '../../shared/errors.ts';
import type { BatchWorkload, CompiledStage, EnvironmentWorkload } from '../../shared/stage/compiled.ts';
import { batches, environments } from '../../shared/stage/kinds.ts';
import type { DaySpend } from '../../shared/state/ledger.ts';
import { newestRuns } from '../../shared/state/runs.ts';
import { plannedBetween } from '../../shared/time/planned.ts';
import { lookAtQueues, real as ofQueues } from './look-at-queues.ts';

export const real = { describeInstances, describeStack, newestRuns, ...ofQueues };

type Effects = typeof real;

const DAY_MS = 24 * 3_600_000;
/** Stacks without resources: nothing of them is paid for. */
const EMPTY = /^(REVIEW_IN_PROGRESS|ROLLBACK_COMPLETE|DELETE_COMPLETE)$/;

/**
 * Looks at everything that the stage names. What cannot be seen is said to be unseen, and hides nothing else.
 *
 * @param before what was seen of a workload when it was looked at last
 * @param now milliseconds since the epoch
 */
export async function lookAtAll(
  stage: CompiledStage,
  before: (workload: string) => DaySpend | undefined,
  now: number,
  effects: Effects,
): Promise<Record<string, Look>> {
  const ids = batches(stage).map(([, { instance }]) => instance.id);
  const instances = ids.length > 0 ? effects.describeInstances(ids) : Promise.resolve(new Map());
  const looks = [
    ...batches(stage).map(([name, workload]) => seen(name, atBatch(name, workload, instances, now, effects))),
    ...environments(stage).map(([name, workload]) =>
      seen(name, atEnvironment(name, workload, stage, before(name), now, effects)),
    ),
    ...lookAtQueues(stage, before, now, effects).map(([name, look]) => seen(name, look)),
  ];
  return Object.fromEntries(await Promise.all(looks));
}

async function seen(name: string, look: Promise<Look>): Promise<[string, Look]> {
  try {
    return [name, await look];
  } catch (thrown) {
    const { name: error, message } = asError(thrown);
    console.error(JSON.stringify({ error, message, workload: name }));
    return [name, { unseen: error }];
  }
}

async function atBatch(
  name: string,
  workload: BatchWorkload,
  instances: Promise<Map<string, InstanceFacts>>,
  now: number,
  effects: Effects,
): Promise<Look> {
  const found = (await instances).get(workload.instance.id);
  // An instance that does not exist costs nothing.
  if (!found) return { isOn: false };
  const { state, type, launchedAt, stoppedAt } = found;
  const isOn = state === 'running' || state === 'pending';
  if (launchedAt === undefined) return { isOn, type };
  if (!isOn)
    return {
      isOn,
      type,
      ...(stoppedAt !== undefined && stoppedAt > launchedAt && { on: { from: launchedAt, to: stoppedAt } }),
    };
  const [run] = await effects.newestRuns(name, 1);
  const offBy = run?.status === 'running' ? Date.parse(run.deadlineAt) : undefined;
  return { isOn, type, on: { from: launchedAt, to: now }, ...(offBy && { offBy }) };
}

async function atEnvironment(
  name: string,
  workload: EnvironmentWorkload,
  { calendar }: CompiledStage,
  before: DaySpend | undefined,
  now: number,
  effects: Effects,
): Promise<Look> {
  const stack = await effects.describeStack(workload.stack.name);
  if (stack && !EMPTY.test(stack.status)) {
    const [stop] = plannedBetween(workload, calendar, now, now + DAY_MS).filter(({ act }) => act === 'stop');
    return { isOn: true, on: { from: stack.createdAt, to: now }, ...(stop && { offBy: stop.at }) };
  }
  if (!before?.isOn) return { isOn: false };
  // Gone since the last look: when our own run says; of somebody else's deletion it is not known better than now.
  const runs = await effects.newestRuns(name, 5);
  const stopped = runs
    .filter(({ act, status }) => act === 'stop' && status === 'succeeded')
    .map(({ endedAt = '' }) => Date.parse(endedAt))
    .find((endedAt) => endedAt >= Date.parse(before.seenAt));
  return { isOn: false, on: { from: 0, to: stopped ?? now } };
}
