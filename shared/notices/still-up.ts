import { retold } from '../reasons.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import { isEnvironment } from '../stage/kinds.ts';
import type { Run } from '../state/runs.ts';
import { wordsOf } from '../words/words.ts';
import { deleteStack } from './by-hand.ts';
import { labelled, stackLink } from './links.ts';
import type { Link, Notice } from './notice.ts';
import { head, named, told } from './parts.ts';

/** That an environment which should be gone is still there, however often it was deleted. */
export function stillUpNotice(run: Run, stage: CompiledStage, now: number): Notice {
  const { environments, reason } = wordsOf(stage);
  const event = `still-up ${new Date(now).toISOString()}`;
  const time = named(run, stage, now).slice(run.workload.length + 1);
  return told(head(run, stage, event, 'critical', environments.stillUp(run.workload), now), {
    cause: 'stop',
    state: 'open',
    lines: [environments.stopFailed(time, retold(run.reason ?? '', reason)), environments.costsMoney],
    did: triedAgain(run, stage),
    todo: byHand(run, stage),
    links: stackOf(run, stage),
  });
}

/**
 * That nobody has to delete an environment any more whose stop had failed.
 *
 * @param why as it would be recorded
 */
export function settledNotice(run: Run, why: string, stage: CompiledStage, now: number): Notice {
  const { environments, reason } = wordsOf(stage);
  return told(head(run, stage, 'settled', 'success', environments.settled(run.workload), now), {
    cause: 'stop',
    state: 'resolved',
    lines: [retold(why, reason)],
    links: stackOf(run, stage),
  });
}

/** What is done about an environment that is still there, while the stage file names it. */
export function triedAgain({ workload }: Pick<Run, 'workload'>, stage: CompiledStage): string[] {
  return isEnvironment(stage.workloads[workload]) ? [wordsOf(stage).environments.isTriedAgain] : [];
}

/** How a person deletes it. */
export function byHand({ workload: name }: Pick<Run, 'workload'>, stage: CompiledStage): string[] {
  const workload = stage.workloads[name];
  return isEnvironment(workload) ? [wordsOf(stage).todo.byHand(deleteStack(workload.stack.name))] : [];
}

/** Where the console shows its stack. */
export function stackOf({ workload: name }: Pick<Run, 'workload'>, stage: CompiledStage): Link[] {
  const workload = stage.workloads[name];
  if (!isEnvironment(workload)) return [];
  return labelled(wordsOf(stage).links.stack, stackLink(workload.stack.name, stage.region));
}
