import { median } from '../cost/median.ts';
import { minutes } from '../notices/parts.ts';
import { isFailed, plain } from '../notices/pipeline-parts.ts';
import { usual } from '../pipeline/expect.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import type { Run } from '../state/runs.ts';
import { digestWordsOf } from '../words/digest.ts';
import { pipelineWordsOf } from '../words/pipelines.ts';
import { wordsOf } from '../words/words.ts';
import type { Facts, PipelineFacts } from './digest.ts';

/** What the steps of a pipeline did. @param earlier successes before the span, newest first */
export function pipelineFacts(ran: readonly Run[], earlier: readonly Run[]): PipelineFacts {
  const good = ran.filter(({ status }) => status === 'succeeded');
  const before = Map.groupBy(
    earlier.flatMap(({ ended = [] }) => ended),
    ({ name }) => name,
  );
  const steps = Map.groupBy(
    good.flatMap(({ ended = [] }) => ended),
    ({ name }) => name,
  );
  const times = [...steps].flatMap(([step, all]) => {
    const seconds = median(all.flatMap((one) => one.seconds ?? []));
    return seconds === undefined ? [] : [{ step, seconds }];
  });
  const slowest = times.reduce<PipelineFacts['slowest']>(
    (most, one) => (most && most.seconds >= one.seconds ? most : one),
    undefined,
  );
  return {
    numbers: [...steps].flatMap(([step, all]) => {
      const metrics = [...new Set(all.flatMap(({ numbers = {} }) => Object.keys(numbers)))];
      return metrics.flatMap((metric) => {
        const value = median(all.flatMap(({ numbers = {} }) => numbers[metric] ?? []));
        const known = usual(
          metric,
          {},
          (before.get(step) ?? []).map(({ numbers = {} }) => numbers),
        );
        return value === undefined ? [] : [{ step, metric, value, ...(known !== undefined && { usual: known }) }];
      });
    }),
    warned: good.filter(
      ({ warnings = [], ended = [] }) => [...warnings, ...ended.flatMap((one) => one.warnings ?? [])].length > 0,
    ).length,
    failed: failuresOf(ran),
    ...(slowest && { slowest }),
  };
}

/** In one line, where there is something. */
export function pipelineLines(name: string, facts: PipelineFacts, stage: CompiledStage): string[] {
  const { digest } = pipelineWordsOf(stage);
  const bySteps = Map.groupBy(facts.numbers, ({ step }) => step);
  const parts = [
    ...[...bySteps].map(([step, numbers]) =>
      digest.numbers(
        step,
        numbers
          .map(({ metric, value, usual: known }) => {
            const told = `${metric} ${plain(value)}`;
            return known === undefined ? told : digest.usually(told, plain(known));
          })
          .join(', '),
      ),
    ),
    ...(facts.slowest ? [digest.slowest(facts.slowest.step, minutes(facts.slowest.seconds, wordsOf(stage)))] : []),
    ...(facts.warned > 0 ? [digest.warnings(facts.warned)] : []),
    ...(facts.failed.length > 0
      ? [digest.failedSteps(facts.failed.map(({ step, times }) => (times > 1 ? `${step} ×${times}` : step)).join(', '))]
      : []),
  ];
  return parts.length > 0 ? [digestWordsOf(stage).runs(name, parts.join(', '))] : [];
}

/** What a person has to look at, since nothing here sees it, where there are pipelines. */
export function checkLines({ span, workloads }: Pick<Facts, 'span' | 'workloads'>, stage: CompiledStage): string[] {
  const { checks } = pipelineWordsOf(stage).digest;
  const hasPipelines = workloads.some(({ pipeline }) => pipeline);
  return hasPipelines && span.period !== 'daily' ? [checks[span.period]] : [];
}

function failuresOf(runs: readonly Run[]): PipelineFacts['failed'] {
  const failed = runs.flatMap(({ ended = [] }) => ended.filter(isFailed));
  return [...Map.groupBy(failed, ({ name }) => name)]
    .map(([step, all]) => ({ step, times: all.length }))
    .toSorted((one, other) => other.times - one.times);
}
