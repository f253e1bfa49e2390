import { logGroup } from '../job.ts';
import type { CompiledStage, Severity } from '../stage/compiled.ts';
import { type Run, STOPPED_BY } from '../state/runs.ts';
import { wordsOf } from '../words/words.ts';
import { nextSteps, stopInstance } from './by-hand.ts';
import { environmentEndedNotice } from './environment.ts';
import { instanceLink, labelled, logGroupLink, logLink } from './links.ts';
import type { Link, Notice } from './notice.ts';
import {
  head,
  isRoutine,
  isWanted,
  local,
  minutes,
  named,
  opensBreaker,
  reasonLines,
  told,
  withCalendar,
} from './parts.ts';
import { causeStillOn, isLeftOn } from './still-on.ts';

const SEVERITIES: Record<Run['status'], Severity> = {
  running: 'info',
  succeeded: 'success',
  failed: 'warning',
  'timed-out': 'critical',
  skipped: 'warning',
  aborted: 'critical',
};

/** Failures that will not mend themselves: a person is needed before the next run. */
const NEEDS_A_PERSON =
  /^(InstanceNotFound|InstanceTerminated|ShutdownWouldTerminate|ConfigurationMissing|UnknownWorkload)\b/;

type RunFacts = Pick<Run, 'workload' | 'key' | 'execution' | 'by' | 'deadlineAt'>;

/** That a job begins, and by when it has to be done. */
export function startedNotice(
  run: RunFacts & { stopIfFoundRunning: boolean },
  foundOn: boolean,
  stage: CompiledStage,
  now: number = Date.now(),
): Notice {
  const { runs } = wordsOf(stage);
  const wasOn = run.stopIfFoundRunning ? runs.wasOnAndIsStopped : runs.wasOnAndIsLeftOn;
  return told(head(run, stage, 'started', 'info', runs.titles.started(named(run, stage, now)), now), {
    run: run.key,
    lines: [
      foundOn ? wasOn : runs.isOn,
      runs.hasUntil(local(run.deadlineAt, run, stage)),
      ...(run.by === 'schedule' ? [] : [runs.startedBy(run.by)]),
    ],
  });
}

/** How a run of a batch or an environment ended; undefined when that is routine. */
export function endedNotice(run: Run, stage: CompiledStage, now: number = Date.now()): Notice | undefined {
  if (isRoutine(run)) return undefined;
  const notice = run.kind === 'environment' ? environmentEndedNotice(run, stage, now) : batchEnded(run, stage, now);
  return withCalendar(notice, stage, now);
}

function batchEnded(run: Run, stage: CompiledStage, now: number): Notice {
  const words = wordsOf(stage);
  const { runs } = words;
  // One that a person has stopped was not cut off.
  const isStopped = run.status === 'aborted' && run.reason?.startsWith(STOPPED_BY);
  const isCritical = opensBreaker(run) || isLeftOn(run) || NEEDS_A_PERSON.test(run.reason ?? '');
  const severity = isStopped ? 'info' : SEVERITIES[run.status];
  const title = runs.titles[isStopped ? 'stopped' : run.status](named(run, stage, now));
  const isWrong = run.status !== 'succeeded' && !isStopped && !isWanted(run);
  return told(head(run, stage, run.status, isCritical ? 'critical' : severity, title, now), {
    ...threadOf(run, isWrong),
    lines: [
      ...reasonLines(run.reason ?? '', words),
      ...(run.jobSeconds === undefined ? [] : [runs.jobTook(minutes(run.jobSeconds, words))]),
      ...(run.exitCode === undefined ? [] : [runs.exitCode(run.exitCode)]),
      ...(run.instanceHours ? [runs.wasOnFor(minutes(run.instanceHours * 3600, words))] : []),
      ...(run.log && !logLink(run.log, stage.region) ? [runs.log(run.log)] : []),
      ...(isLeftOn(run) ? [runs.mayBeOn(run.instanceId ?? '')] : []),
    ],
    did: [
      ...(isLeftOn(run) ? [runs.isTriedAgain] : []),
      ...(opensBreaker(run) ? [words.breaker.isOpen(run.failuresInRow ?? 0, run.workload)] : []),
    ],
    todo: [
      ...(isLeftOn(run) ? [words.todo.byHand(stopInstance(run.instanceId ?? ''))] : []),
      ...(isWrong && run.log ? [words.todo.readLog] : []),
      ...(isWrong ? nextSteps(run, stage) : []),
    ],
    links: placesOf(run, stage),
  });
}

function threadOf(run: Run, isWrong: boolean): Pick<Notice, 'run' | 'cause' | 'state' | 'resolves'> {
  if (isWrong) return { cause: 'runs', state: 'open' };
  if (run.status !== 'succeeded') return { run: run.key };
  // Its job is done, and that its instance is on is what is wrong now.
  const about = isLeftOn(run) ? ({ cause: causeStillOn(run), state: 'open' } as const) : { run: run.key };
  return { ...about, resolves: ['runs'] };
}

function placesOf(run: Run, stage: CompiledStage): Link[] {
  const { links } = wordsOf(stage);
  const hasBegun = run.startedAt !== undefined && run.status !== 'skipped';
  const group = hasBegun ? logGroupLink(logGroup(stage.stage, run.workload), stage.region) : undefined;
  return [
    ...labelled(links.log, run.log ? logLink(run.log, stage.region) : group),
    ...labelled(links.instance, run.instanceId && instanceLink(run.instanceId, stage.region)),
  ];
}
