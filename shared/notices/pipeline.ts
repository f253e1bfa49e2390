import { secondsOf } from '../pipeline/ended.ts';
import { because, readPipelineReason } from '../pipeline/reasons.ts';
import type { CompiledStage, Severity } from '../stage/compiled.ts';
import { type Run, STOPPED_BY } from '../state/runs.ts';
import { pipelineWordsOf } from '../words/pipelines.ts';
import { wordsOf } from '../words/words.ts';
import { nextSteps } from './by-hand.ts';
import { labelled, logLink } from './links.ts';
import type { Link, Notice } from './notice.ts';
import { head, isPlanned, isRoutine, meaningsOf, minutes, named, opensBreaker, told, withCalendar } from './parts.ts';
import {
  CAUSES,
  failureLines,
  goingOn,
  inWords,
  isFailed,
  isWrong,
  numberLines,
  opsOf,
  warningLines,
} from './pipeline-parts.ts';

/** Nothing runs a pipeline again by itself: one that failed waits for a person. */
const SEVERITIES: Record<Run['status'], Severity> = {
  running: 'info',
  succeeded: 'success',
  failed: 'critical',
  'timed-out': 'critical',
  skipped: 'warning',
  aborted: 'critical',
};

/**
 * How a run of a pipeline ended, how long it took, what it counted, and what a person can do about it; undefined when that
 * is routine. Apart from the ends of other runs, since what sweeps those needs no words of pipelines, and is large.
 */
export function pipelineEndedNotice(run: Run, stage: CompiledStage, now: number = Date.now()): Notice | undefined {
  return isRoutine(run, stage) ? undefined : withCalendar(endedNotice(run, stage, now), stage, now);
}

function endedNotice(run: Run, stage: CompiledStage, now: number): Notice {
  const [words, all] = [pipelineWordsOf(stage), wordsOf(stage)];
  const { status, reason = '', ended = [], generation = 1 } = run;
  const isStopped = status === 'aborted' && reason.startsWith(STOPPED_BY);
  const warnings = status === 'succeeded' ? warningLines(run, stage) : [];
  const failures = failureLines(run, stage);
  // One that was cut off while it waited for another took no time.
  const took = status === 'skipped' || !run.startedAt ? undefined : secondsOf(run);
  const first = firstOf(run);
  const title = words.titles[isStopped ? 'stopped' : warnings.length > 0 ? 'warned' : first ? 'notChained' : status];
  const left = goingOn(run);
  // Who stops it may believe that all of it is stopped.
  const warns = isStopped ? left.length > 0 : warnings.length > 0;
  const severity = warns ? 'warning' : isStopped ? 'info' : SEVERITIES[status];
  const event = generation > 1 ? `${status} ${generation}` : status;
  return told(head(run, stage, event, severity, title(named(run, stage, now)), now), {
    ...threadOf(run),
    lines: [
      // What steps say of themselves is told of each.
      ...(reason && !(failures.length > 0 && isOfSteps(run))
        ? [inWords(reason, stage), ...meaningsOf(reason, all)]
        : []),
      ...failures,
      ...warnings,
      ...(took === undefined ? [] : [words.took(minutes(took, all))]),
      ...numberLines(run, stage),
      ...whoLines(run, stage),
    ],
    did: first
      ? [words.startsByItself(named({ ...run, workload: first }, stage, now))]
      : opensBreaker(run)
        ? [all.breaker.isOpen(run.failuresInRow ?? 0, run.workload)]
        : [],
    todo: [...(left.length > 0 ? [words.endFirst(left.join(', '))] : []), ...(isWrong(run) ? toDo(run, stage) : [])],
    links: ended.filter(isFailed).flatMap(({ name, log }) => logOf(name, log, stage)),
  });
}

/** The pipeline whose success would have started this run, and did not. */
function firstOf({ status, reason = '' }: Run): string | undefined {
  const found = status === 'skipped' ? readPipelineReason(reason) : undefined;
  return found?.reason === 'firstFailed' ? found.values[0] : undefined;
}

function threadOf(run: Run): Pick<Notice, 'run' | 'cause' | 'state' | 'resolves'> {
  const { runs, notBegun, slow, chain } = CAUSES;
  if (firstOf(run)) return { cause: chain, state: 'open' };
  if (isWrong(run)) return { cause: runs, state: 'open', resolves: [notBegun, slow] };
  return { run: run.key, resolves: run.status === 'succeeded' ? [runs, notBegun, slow, chain] : [notBegun, slow] };
}

/** Whether the run failed because steps did, and for nothing else. */
function isOfSteps({ status, reason = '' }: Run): boolean {
  return status === 'failed' && / did not succeed$/.test(reason) && !reason.includes('; ');
}

function whoLines({ by, generation = 1 }: Run, stage: CompiledStage): string[] {
  const words = pipelineWordsOf(stage);
  if (generation > 1) return [words.again(generation, by)];
  return isPlanned({ by }, stage) ? [] : [words.by(by)];
}

function toDo(run: Run, stage: CompiledStage): string[] {
  const words = pipelineWordsOf(stage);
  const first = firstOf(run);
  // Of one that was left out itself, what it follows has said what to do.
  if (first && run.reason === because('firstFailed', first, 'skipped')) return [];
  if (first) return [words.onlyFailed(opsOf('rerun', { ...run, workload: first }, stage, ' --only failed'))];
  const [failed] = (run.ended ?? []).filter(isFailed);
  // What helps is the same as for any other run.
  if (opensBreaker(run) || run.reason?.startsWith('breaker open')) return nextSteps(run, stage);
  if (run.status === 'skipped') return [wordsOf(stage).todo.again(opsOf('start', run, stage))];
  return [
    ...(failed ? [words.readLog(opsOf('logs', run, stage, ` --step ${failed.name}`))] : []),
    words.onlyFailed(opsOf('rerun', run, stage, ' --only failed')),
    words.whole(opsOf('rerun', run, stage)),
  ];
}

function logOf(step: string, log: string | undefined, stage: CompiledStage): Link[] {
  return labelled(`${wordsOf(stage).links.log}: ${step}`, log && logLink(log, stage.region));
}
