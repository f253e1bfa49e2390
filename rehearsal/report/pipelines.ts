import { median } from '../../shared/cost/median.ts';
import type { StepEnded } from '../../shared/pipeline/ended.ts';
import { secondsOf } from '../../shared/pipeline/ended.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { pipelines } from '../../shared/stage/kinds.ts';
import type { Run } from '../../shared/state/runs.ts';
import { round } from '../cost.ts';
import type { Journal } from '../journal.ts';

/** How long something took, in seconds. */
export interface Took {
  median: number;
  longest: number;
}

/** How a step of a pipeline went in all runs. */
export interface StepReport {
  needs: string[];
  succeeded: number;
  failed: number;
  /** How often it was not run: what it needs had failed, or nobody asked for it again. */
  passedOver: number;
  /** Runs in which it was tried more than once. */
  triedAgain: number;
  seconds?: Took;
  numbers: Record<string, { median: number; lowest: number; highest: number }>;
}

/** How a pipeline went: its runs by how they ended, each as its newest execution left it. */
export interface PipelineReport {
  /** The pipeline that it comes after. */
  after?: string;
  ended: Record<string, number>;
  /** Of the runs that succeeded. */
  seconds?: Took;
  steps: Record<string, StepReport>;
  warnings: { key: string; text: string }[];
}

export type PipelinesReport = Record<string, PipelineReport>;

/** How the pipelines went, where the stage has any. */
export function pipelinesReport(
  { stage, to }: { stage: CompiledStage; to: number },
  journal: Journal,
): PipelinesReport | undefined {
  const all = pipelines(stage);
  if (all.length === 0) return undefined;
  const newest = new Map<string, Run>();
  for (const { workload, key, item } of journal.of('record')) newest.set(`${workload} ${key}`, item as unknown as Run);
  const before = [...newest.values()].filter(({ scheduledFor }) => Date.parse(scheduledFor) < to);
  return Object.fromEntries(
    all.map(([name, { after, steps }]) => {
      const runs = before.filter(({ workload }) => workload === name).sort((a, b) => (a.key < b.key ? -1 : 1));
      const seconds = runs.flatMap((run) => (run.status === 'succeeded' ? [secondsOf(run) ?? 0] : []));
      return [
        name,
        {
          ...(after && { after }),
          ended: counted(runs.map(({ status }) => status)),
          ...tookOf(seconds),
          steps: Object.fromEntries(
            Object.entries(steps).map(([step, { needs }]) => [step, { needs, ...ofStep(step, runs) }]),
          ),
          warnings: runs.flatMap(warningsOf),
        },
      ];
    }),
  );
}

function ofStep(step: string, runs: Run[]): Omit<StepReport, 'needs'> {
  const all = runs.flatMap(({ ended = [] }) => ended.filter(({ name }) => name === step));
  const of = (...statuses: StepEnded['status'][]) => all.filter(({ status }) => statuses.includes(status));
  const well = of('succeeded');
  return {
    succeeded: well.length,
    failed: of('failed', 'timed-out').length,
    passedOver: of('passed-over').length,
    triedAgain: all.filter(({ tries = 1 }) => tries > 1).length,
    ...tookOf(well.flatMap(({ seconds }) => seconds ?? [])),
    numbers: numbersOf(well),
  };
}

function tookOf(seconds: number[]): { seconds?: Took } {
  if (seconds.length === 0) return {};
  return { seconds: { median: round(middle(seconds), 0), longest: round(Math.max(...seconds), 0) } };
}

function numbersOf(steps: StepEnded[]): StepReport['numbers'] {
  const names = [...new Set(steps.flatMap(({ numbers = {} }) => Object.keys(numbers)))];
  return Object.fromEntries(
    names.map((name) => {
      const values = steps.flatMap(({ numbers = {} }) => numbers[name] ?? []);
      return [name, { median: middle(values), lowest: Math.min(...values), highest: Math.max(...values) }];
    }),
  );
}

function warningsOf({ key, warnings = [], ended = [] }: Run): PipelineReport['warnings'] {
  const ofSteps = ended.flatMap(({ name, warnings: own = [] }) => own.map((text) => `${name}: ${text}`));
  return [...warnings, ...ofSteps].map((text) => ({ key, text }));
}

function counted(words: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function middle(values: number[]): number {
  return median(values) ?? 0;
}
