import { because } from '../../shared/reasons.ts';
import type { CompiledStage, Workload } from '../../shared/stage/compiled.ts';
import { overBudgetReason } from '../../shared/state/budget-gate.ts';
import { type Facts, factsOf } from '../../shared/state/facts.ts';
import { whyNotStarted } from '../../shared/state/overrides.ts';
import { newestRuns, type Run } from '../../shared/state/runs.ts';
import { incidentsOf } from '../../shared/threads/incident.ts';
import { gateAsRead, runAsRead, wordAsRead } from './as-read.ts';
import type { WorkloadStatus } from './contract.ts';
import { eyes, look } from './look.ts';
import { nextOf } from './next.ts';
import { askOfPipeline, ofAPipeline, PIPELINE_RUNS } from './of-pipeline.ts';
import type { StageKnown } from './of-stage.ts';
import type { PipelineStatus } from './pipeline-contract.ts';
import { todayOf } from './spending.ts';

export const ofAWorkload = { ...eyes, ...ofAPipeline, factsOf, newestRuns };

/** Among so many of its newest runs is one that goes on, and one that has ended. */
const RUNS = 5;

interface Known {
  facts: Facts;
  runs: Run[];
  seen: Pick<WorkloadStatus, 'now' | 'seen'>;
  pipeline?: PipelineStatus;
}

/** @param now milliseconds since the epoch */
export async function askOfWorkload(
  name: string,
  workload: Workload,
  now: number,
  effects: typeof ofAWorkload,
): Promise<Known> {
  const [facts, runs, looked] = await Promise.all([
    effects.factsOf(name, now),
    effects.newestRuns(name, workload.kind === 'pipeline' ? PIPELINE_RUNS : RUNS),
    workload.kind === 'pipeline' ? undefined : look(workload, effects),
  ]);
  const pipeline = workload.kind === 'pipeline' ? await askOfPipeline(name, workload, runs, now, effects) : undefined;
  return { facts, runs, seen: looked ?? asRecorded(runs), ...(pipeline && { pipeline }) };
}

/** A pipeline has nothing of its own to look at: it is on while it runs. */
function asRecorded(runs: Run[]): Known['seen'] {
  const shown = runs.find(({ status }) => status === 'running') ?? runs[0];
  return { now: shown?.status === 'running' ? 'on' : 'off', seen: shown?.status ?? 'never run' };
}

export function workloadAsRead(
  name: string,
  workload: Workload,
  stage: CompiledStage,
  { facts, runs, seen, pipeline }: Known,
  ofStage: StageKnown,
  now: number,
): WorkloadStatus {
  const { timezone, breakerFailures } = workload;
  const failures = facts.breaker?.failures ?? 0;
  const running = runs.find(({ status }) => status === 'running');
  const last = runs.find(({ status }) => status !== 'running');
  const overrides = { '': ofStage.facts.words, [name]: facts.words };
  const today = todayOf(name, stage, ofStage);
  return {
    ...{ kind: workload.kind, ...seen },
    ...(running && { running: runAsRead(running, timezone) }),
    ...(last && { last: runAsRead(last, timezone) }),
    next: nextOf(name, stage, overrides, { ...seen, deadlineAt: running?.deadlineAt }, now),
    held: [
      ...heldBy(ofStage.facts, true),
      ...heldBy(facts, false),
      ...(failures >= breakerFailures ? [because('breakerOpen', failures, name)] : []),
      // It has ended, and what it started is not seen off yet.
      ...(facts.lease && !running ? [because('busy', facts.lease.holder)] : []),
    ],
    words: facts.words.map((word) => wordAsRead(word, timezone)),
    breaker: { failures, opensAt: breakerFailures },
    ...(facts.budget && { overBudget: gateAsRead(facts.budget, timezone) }),
    incidents: incidentsOf(
      ofStage.threads.filter((thread) => thread.workload === name),
      stage.timezone,
    ),
    ...(today && { today }),
    ...(pipeline && { pipeline }),
  };
}

/** Why nothing starts: what people said, and the budget. */
export function heldBy({ words, budget }: Facts, isOfStage: boolean): string[] {
  return [
    ...words.flatMap((word) => whyNotStarted(word, isOfStage) ?? []),
    ...(budget ? [overBudgetReason(budget)] : []),
  ];
}
