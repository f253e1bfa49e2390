import type { CompiledStage, Severity } from '../stage/compiled.ts';
import { isEnvironment } from '../stage/kinds.ts';
import type { Run } from '../state/runs.ts';
import { plannedBetween } from '../time/planned.ts';
import { wordsOf } from '../words/words.ts';
import { nextSteps } from './by-hand.ts';
import type { Notice } from './notice.ts';
import { head, isPlanned, isWanted, local, minutes, opensBreaker, reasonLines, told } from './parts.ts';
import { byHand, stackOf, triedAgain } from './still-up.ts';

const DAY_MS = 24 * 3_600_000;

const SEVERITIES: Record<Run['status'], Severity> = {
  running: 'info',
  succeeded: 'success',
  failed: 'critical',
  'timed-out': 'critical',
  skipped: 'critical',
  aborted: 'critical',
};

/** That something begins that takes minutes. */
export function environmentBeginsNotice(
  run: Pick<Run, 'workload' | 'key' | 'execution' | 'by'> & { act: 'start' | 'stop' },
  stage: CompiledStage,
  now: number = Date.now(),
): Notice {
  const { environments } = wordsOf(stage);
  return told(head(run, stage, 'began', 'info', environments[run.act].running(run.workload), now), {
    run: run.key,
    lines: [environments.begunAt(local(now, run, stage)), ...(isPlanned(run) ? [] : [environments.askedBy(run.by)])],
    links: stackOf(run, stage),
  });
}

/** How a start or a stop ended. */
export function environmentEndedNotice(run: Run, stage: CompiledStage, now: number): Notice {
  const { act = 'start', status, reason = '', admittedAt, endedAt } = run;
  // It was gone before, and that is what a stop is for. What a person asked for is answered.
  if (act === 'stop' && status === 'succeeded' && reason === 'already gone' && isPlanned(run))
    return unneededNotice(run, stage, now);
  const words = wordsOf(stage);
  const severity = act === 'start' && status === 'skipped' ? 'warning' : SEVERITIES[status];
  const took = endedAt ? (Date.parse(endedAt) - Date.parse(admittedAt)) / 1000 : undefined;
  const isUp = act === 'start' && status === 'succeeded';
  const goesOn = act === 'stop' && isTriedAgain(run);
  return told(head(run, stage, status, severity, words.environments[act][status](run.workload), now), {
    ...threadOf(run, act),
    lines: [
      ...reasonLines(reason, words),
      ...(status === 'succeeded' && !reason && took !== undefined
        ? [words.environments.took(minutes(took, words))]
        : []),
      ...Object.entries(run.images ?? {}).map(([parameter, tag]) => `${parameter}: ${tag}`),
      ...(isUp ? untilLine(run, stage, now) : []),
      ...(goesOn && isEnvironment(stage.workloads[run.workload]) ? [words.environments.costsMoney] : []),
    ],
    did: [
      ...(goesOn ? triedAgain(run, stage) : []),
      ...(opensBreaker(run) ? [words.breaker.isOpen(run.failuresInRow ?? 0, run.workload)] : []),
    ],
    todo: [...(goesOn ? byHand(run, stage) : []), ...(act === 'start' && isWrong(run) ? nextSteps(run, stage) : [])],
    links: stackOf(run, stage),
  });
}

/** That its hours are over: a start that failed is nobody's concern until the next. Where none did it is no news. */
function unneededNotice(run: Run, stage: CompiledStage, now: number): Notice {
  const { environments } = wordsOf(stage);
  return told(head(run, stage, 'unneeded', 'success', environments.unneeded(run.workload), now), {
    cause: 'start',
    state: 'resolved',
    lines: [environments.hoursAreOver],
    links: stackOf(run, stage),
  });
}

function threadOf(run: Run, act: 'start' | 'stop'): Pick<Notice, 'run' | 'cause' | 'state' | 'resolves'> {
  if (isWrong(run)) return { cause: act, state: 'open' };
  return {
    run: run.key,
    ...(run.status === 'succeeded' && { resolves: act === 'stop' ? ['stop', 'start'] : ['start'] }),
  };
}

function isWrong(run: Run): boolean {
  return run.status !== 'succeeded' && !isWanted(run);
}

/** A stop that failed is; one that a person or the hours were against is not. */
function isTriedAgain({ status, reason = '' }: Run): boolean {
  return status === 'skipped' ? reason.startsWith('busy') : status !== 'succeeded';
}

function untilLine(run: Run, stage: CompiledStage, now: number): string[] {
  const workload = stage.workloads[run.workload];
  if (!workload) return [];
  const stop = plannedBetween(workload, stage.calendar, now, now + 8 * DAY_MS).find(({ act }) => act === 'stop');
  return stop ? [wordsOf(stage).environments.isDeletedAt(local(stop.at, run, stage))] : [];
}
