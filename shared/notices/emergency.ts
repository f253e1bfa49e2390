import { describeCaught } from '../caught.ts';
import { outcomes, type StopResult, whyLeft } from '../emergency.ts';
import { retold } from '../reasons.ts';
import type { CompiledStage, Severity } from '../stage/compiled.ts';
import { localTime } from '../time/slots.ts';
import { wordsOf } from '../words/words.ts';
import { deleteStack, stopInstance, stopWorkers, tell } from './by-hand.ts';
import { executionLink, labelled } from './links.ts';
import type { Notice } from './notice.ts';
import { told } from './parts.ts';

/**
 * What is said of an emergency stop. That everything is off is an incident until a person resumes; what is not off is one
 * of its own, so that every channel hears of either at once, also one that cannot edit what it has shown.
 */

export interface Emergency {
  by: string;
  why: string;
  execution: string;
}

export interface Ended extends Emergency {
  round: number;
  gate: { closed: true } | { Error: string; Cause?: string };
  machines: { state: 'nothing' | 'some' | 'unknown'; error?: { Error: string; Cause?: string } }[];
  targets: StopResult[];
  /** The results of the rounds before, each within the list of those before it. */
  history: unknown[];
}

/** That it begins. */
export function emergencyBeginsNotice({ by, why, execution }: Emergency, stage: CompiledStage, now: number): Notice {
  const { emergency } = wordsOf(stage);
  return told(head('begins', execution, 'critical', emergency.begins, stage, now), {
    run: runOf(execution),
    lines: [emergency.by(by, why)],
    did: [emergency.isStopping(Object.keys({ ...stage.workloads, ...stage.queues }).length)],
  });
}

/** What was stopped, what was off, and what was not stopped and why. */
export function emergencyEndsNotice(ended: Ended, stage: CompiledStage, now: number): Notice {
  const words = wordsOf(stage);
  const { emergency, todo } = words;
  const results = outcomes([...roundsOf(ended.history), ended.targets]);
  const of = (...states: StopResult['state'][]) => results.filter(({ state }) => states.includes(state));
  const [left, going, unlisted] = [of('left'), of('going'), ended.machines.filter(({ state }) => state === 'unknown')];
  const isOpen = !('closed' in ended.gate);
  const isWrong = left.length > 0 || isOpen || unlisted.length > 0;
  const title = left.length > 0 ? emergency.left(left.length) : going.length > 0 ? emergency.going : emergency.off;
  const name = ({ target }: StopResult) => `${target.workload} (${target.id})`;
  return told(head(`round ${ended.round}`, ended.execution, isWrong ? 'critical' : 'warning', title, stage, now), {
    ...threadOf(isWrong, going.length > 0, ended.execution),
    lines: [
      emergency.by(ended.by, ended.why),
      ...left.map((result) => emergency.isLeft(name(result), retold(whyLeft(result), words.reason))),
      ...going.map((result) =>
        (result.target.kind === 'workers' ? emergency.isFinishing : emergency.isGoing)(name(result)),
      ),
      ...of('missing').map((result) => emergency.isMissing(name(result))),
      ...unlisted.flatMap(({ error }) => (error ? [emergency.notListed(describeCaught(error))] : [])),
      ...('closed' in ended.gate ? [] : [emergency.gateOpen(describeCaught(ended.gate))]),
    ],
    did: [
      ...of('stopped').map((result) => emergency.isStopped(name(result))),
      ...of('was-off').map((result) => emergency.wasOff(name(result))),
      ...(isOpen ? [] : [emergency.gateClosed]),
    ],
    todo: [
      ...left.filter(mayGo).map(({ target }) => todo.byHand(stopByHand(target))),
      ...(isOpen ? [emergency.closeGate(tell('pause', undefined, stage.stage))] : []),
      todo.resume(tell('resume', undefined, stage.stage)),
    ],
  });
}

/** That a person has resumed: whatever emergency there was is over. */
export function resumedNotice({ by, why }: Pick<Emergency, 'by' | 'why'>, stage: CompiledStage, now: number): Notice {
  const { emergency } = wordsOf(stage);
  return told(head(`resumed ${now}`, undefined, 'success', emergency.resumed, stage, now), {
    ...{ cause: 'emergency', state: 'resolved', resolves: ['emergency-left'] },
    lines: [emergency.by(by, why), emergency.startsAgain],
  });
}

function head(
  event: string,
  execution: string | undefined,
  severity: Severity,
  title: string,
  stage: CompiledStage,
  now: number,
): Omit<Notice, 'lines'> {
  return {
    id: `lamplighter emergency ${execution?.split(':').at(-1) ?? ''} ${event}`.replace('  ', ' '),
    at: localTime(now, stage.timezone),
    stage: stage.stage,
    workload: 'lamplighter',
    severity,
    title,
    ...(execution && { execution }),
    links: labelled(wordsOf(stage).links.run, executionLink(execution)),
  };
}

/** What is left because its data would be lost is for its owner to judge. */
function mayGo(result: StopResult): boolean {
  return !whyLeft(result).startsWith('DataWouldBeLost');
}

function stopByHand(target: StopResult['target']): string {
  if (target.kind === 'workers') return stopWorkers(target);
  return target.kind === 'stack' ? deleteStack(target.id) : stopInstance(target.id);
}

function threadOf(isWrong: boolean, isGoing: boolean, execution: string): Partial<Notice> {
  if (isWrong) return { cause: 'emergency-left', state: 'open' };
  if (isGoing) return { run: runOf(execution), resolves: ['emergency-left'] };
  return { cause: 'emergency', state: 'open', resolves: ['emergency-left'] };
}

/** Its progress: each notice is told, in order. */
function runOf(execution: string): string {
  return `emergency ${execution.split(':').at(-1)}`;
}

/** `[[[], first], second]` as the rounds that it holds. */
function roundsOf(history: unknown[]): StopResult[][] {
  const [before, round] = history as [unknown[]?, StopResult[]?];
  return before && round ? [...roundsOf(before), round] : [];
}
