import { retold } from '../reasons.ts';
import { readRecoveryReason } from '../recovery/reasons.ts';
import { HELPED, type Step } from '../recovery/steps.ts';
import type { CompiledStage, Severity } from '../stage/compiled.ts';
import type { Run } from '../state/runs.ts';
import { type RecoveryWords, recoveryWordsOf } from '../words/recovery.ts';
import { wordsOf } from '../words/words.ts';
import { startInstance, tellRecovery } from './by-hand.ts';
import { headOf } from './head.ts';
import type { Notice } from './notice.ts';
import { minutes } from './parts.ts';
import { CAUSE_RECOVERY } from './recovery.ts';
import { recoveryLinks, sentence } from './recovery-parts.ts';
import { time } from './service-parts.ts';

/** Why nothing was done, or no more: the plan, a person, or that all is well. Recorded, not said, unless a person has asked. */
const ROUTINE =
  /^(work is done on it|it is off by plan|skipped|paused|the stage is paused|it answers|it recovered by itself|\S+ is down, which|the control probe|\S.* sees to it|busy|recovered lately)/;
/** Skips after which people must act: nothing will recover it by itself. */
const NEEDS_A_PERSON = /^(recovered \d+ times|it goes up and down|the run |a deployment )/;

/**
 * How a recovery ended; undefined when that is routine.
 *
 * @param isUp the service is not down any more: whatever became of its recovery, no person has to hurry
 */
export function recoveryEndedNotice(run: Run, stage: CompiledStage, now: number, isUp = false): Notice | undefined {
  const { workload, key, status, reason = '', steps = [] } = run;
  if (isRoutineRecovery(run)) return undefined;
  const words = recoveryWordsOf(stage);
  const helped = steps.find(({ result }) => result === HELPED);
  const isHeld = status === 'failed' && ROUTINE.test(reason);
  const needsPerson = !isHeld && !isUp && (status === 'skipped' ? NEEDS_A_PERSON.test(reason) : status !== 'succeeded');
  const title = words.titles[isHeld ? 'held' : status === 'running' || status === 'timed-out' ? 'aborted' : status];
  const severity: Severity = needsPerson ? 'critical' : status === 'succeeded' ? 'success' : 'warning';
  const again = tellRecovery('recover', workload, stage.stage);
  const off = leftOff(run, stage);
  return {
    ...headOf(workload, `${key} ${status}`, severity, title(workload), stage, now),
    lines: [
      ...(helped
        ? [words.recoveredBy(words.rungs[helped.rung], sinceOpening(run, stage))]
        : [sentence(inWords(reason, stage)), askedFor(run, words)]),
      ...(off ? [words.isOff(off)] : []),
    ],
    did: steps.length > 0 ? steps.flatMap((step) => stepLines(step, run, stage)) : [words.nothingDone],
    ...(needsPerson && {
      todo: [words.look, ...(off ? [words.start(startInstance(off))] : []), words.again(again)],
    }),
    ...(needsPerson ? { cause: CAUSE_RECOVERY, state: 'open' as const } : { run: key }),
    ...(status === 'succeeded' && { resolves: [CAUSE_RECOVERY] }),
    ...recoveryLinks(run, stage),
  };
}

/** Whether nobody has to hear of it: what is so is said by the checks, or wanted. */
export function isRoutineRecovery({ status, reason = '', by, steps = [] }: Run): boolean {
  const isAsked = by !== 'checks' && by !== 'alarm';
  return !isAsked && steps.length === 0 && (status === 'skipped' || status === 'succeeded') && ROUTINE.test(reason);
}

/** The instance that a recovery has stopped and not started again. */
export function leftOff({ reason = '', workload }: Run, { services }: CompiledStage): string | undefined {
  const { target } = services[workload] ?? {};
  return reason.startsWith('its instance was stopped') && target && 'ec2' in target ? target.ec2 : undefined;
}

function inWords(reason: string, stage: CompiledStage): string {
  const own = readRecoveryReason(reason);
  const { reasons } = recoveryWordsOf(stage);
  return own ? reasons[own.reason](...own.values) : retold(reason, wordsOf(stage).reason);
}

function askedFor({ by, why = '' }: Run, { askedFor, askedBy }: RecoveryWords): string {
  if (by === 'checks') return askedFor.checks;
  return by === 'alarm' ? askedFor.alarm(why) : askedBy(by, why);
}

function sinceOpening({ scheduledFor, endedAt = scheduledFor }: Run, stage: CompiledStage): string {
  return minutes((Date.parse(endedAt) - Date.parse(scheduledFor)) / 1000, wordsOf(stage));
}

function stepLines({ rung, at, seconds, result, logs }: Step, run: Run, stage: CompiledStage): string[] {
  const words = recoveryWordsOf(stage);
  const begun = time(Date.parse(at), run.workload, stage);
  if (seconds === undefined || result === undefined) return [words.goesOn(begun, words.rungs[rung])];
  const known = (words.results as Record<string, string>)[result.replace(/^silent.*/, 'silent')] ?? result;
  const line = words.step(begun, words.rungs[rung], known, minutes(seconds, wordsOf(stage)));
  return [line, ...(logs ? [words.logs(logs)] : [])];
}
