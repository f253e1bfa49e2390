import type { StepEnded } from '../pipeline/ended.ts';
import { readPipelineReason } from '../pipeline/reasons.ts';
import { retold } from '../reasons.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import { type Run, STOPPED_BY } from '../state/runs.ts';
import { pipelineWordsOf } from '../words/pipelines.ts';
import { wordsOf } from '../words/words.ts';
import { isWanted, meaningsOf, minutes } from './parts.ts';

/** What the notices on pipelines, and the digests, are made of. */

/** What goes wrong with the runs of a pipeline, as incidents. */
export const CAUSES = { runs: 'runs', notBegun: 'not-begun', slow: 'slow', chain: 'chain', missed: 'missed' } as const;

/** Whether a run is one that people have to look after. */
export function isWrong(run: Run): boolean {
  const isStopped = run.status === 'aborted' && run.reason?.startsWith(STOPPED_BY);
  return run.status !== 'succeeded' && run.status !== 'running' && !isStopped && !isWanted(run);
}

/** A reason as it was recorded, in the words of the stage. */
export function inWords(reason: string, stage: CompiledStage): string {
  return reason
    .split('; ')
    .map((part) => {
      const own = readPipelineReason(part);
      const { reasons } = pipelineWordsOf(stage);
      if (!own) return retold(part, wordsOf(stage).reason);
      if (own.reason === 'tookLong')
        return reasons.tookLong(duration(own.values[0], stage), duration(own.values[1], stage));
      return reasons[own.reason](...own.values);
    })
    .join('; ');
}

/** What was found against a run and its steps although they succeeded. */
export function warningLines({ ended = [], warnings = [] }: Run, stage: CompiledStage): string[] {
  const words = pipelineWordsOf(stage);
  return [
    ...warnings.map((warning) => sentence(inWords(warning, stage))),
    ...ended.flatMap(({ name, warnings: found = [] }) =>
      found.map((warning) => words.step(name, sentence(inWords(warning, stage)))),
    ),
  ];
}

/** What failed, each with what it means, and what was not done since. */
export function failureLines({ ended = [] }: Run, stage: CompiledStage): string[] {
  const words = pipelineWordsOf(stage);
  const passed = ended.filter(({ status, reason }) => status === 'passed-over' && isConsequence(reason));
  return [
    ...ended.filter(isFailed).flatMap((step) => {
      const { name, reason = '', tries = 1 } = step;
      const parts = [
        howEnded(step, stage),
        ...(tries > 1 ? [words.tries(tries)] : []),
        ...(reason ? [inWords(reason, stage)] : []),
      ];
      return [words.step(name, sentence(parts.join(', '))), ...meaningsOf(reason, wordsOf(stage))];
    }),
    ...(passed.length > 0 ? [words.notDone(passed.map(({ name }) => name).join(', '))] : []),
  ];
}

/** The numbers that steps have reported, one line a step. */
export function numberLines({ ended = [] }: Run, stage: CompiledStage): string[] {
  const words = pipelineWordsOf(stage);
  return ended.flatMap(({ name, numbers = {} }) => {
    const all = Object.entries(numbers).map(([metric, value]) => `${metric} ${plain(value)}`);
    return all.length > 0 ? [words.step(name, sentence(all.join(', ')))] : [];
  });
}

/** The steps whose work goes on although their run was cut off. */
export function goingOn({ ended = [] }: Pick<Run, 'ended'>): string[] {
  const goesOn = (part: string) => /GoesOn$/.test(readPipelineReason(part)?.reason ?? '');
  return ended.filter(({ reason = '' }) => reason.split('; ').some(goesOn)).map(({ name }) => name);
}

export function isFailed({ status }: StepEnded): boolean {
  return status === 'failed' || status === 'timed-out';
}

/** A number as people read it. */
export function plain(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

/** Commands that a person can run as they stand. */
export function opsOf(
  act: 'logs' | 'rerun' | 'runs' | 'start',
  { workload, key }: Pick<Run, 'workload' | 'key'>,
  { stage }: CompiledStage,
  rest = '',
): string {
  const why = { logs: '', runs: '', rerun: " --why 'mended'", start: " --why 'once more'" }[act];
  const run = act === 'runs' ? '' : ` --run ${key}`;
  return `npx sls ops ${act} --stage ${stage} --workload ${workload}${run}${rest}${why}`;
}

function howEnded({ status, seconds }: StepEnded, stage: CompiledStage): string {
  const words = pipelineWordsOf(stage);
  if (seconds === undefined) return status === 'timed-out' ? words.timedOut : words.failed;
  return (status === 'timed-out' ? words.timedOutAfter : words.failedAfter)(minutes(seconds, wordsOf(stage)));
}

/** Whether a step was passed over for what others did: that it was done before, or not asked for, is no news. */
function isConsequence(reason = ''): boolean {
  return readPipelineReason(reason)?.reason === 'needFailed';
}

function duration(seconds: string | undefined, stage: CompiledStage): string {
  return minutes(Number(seconds), wordsOf(stage));
}

function sentence(text: string): string {
  return /[.!?)]$/.test(text) ? text : `${text}.`;
}
