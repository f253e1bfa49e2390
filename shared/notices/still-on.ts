import { retold } from '../reasons.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import type { Run } from '../state/runs.ts';
import { wordsOf } from '../words/words.ts';
import { stopInstance } from './by-hand.ts';
import { instanceLink, labelled } from './links.ts';
import type { Link, Notice } from './notice.ts';
import { head, named, told } from './parts.ts';

/** The incident of an instance that a run left on. */
export function causeStillOn({ key }: Pick<Run, 'key'>): string {
  return `still-on ${key}`;
}

/** Whether the instance of a run was not seen stopped when it ended, which its notice said. */
export function isLeftOn({ reason }: Pick<Run, 'reason'>): boolean {
  return reason?.includes('not stopped: ') ?? false;
}

/** That an instance which a run started is still on, however often it was asked to stop. */
export function stillOnNotice(run: Run, why: string, stage: CompiledStage, now: number = Date.now()): Notice {
  const { runs, todo, reason } = wordsOf(stage);
  const id = run.instanceId ?? '';
  const event = `still-on ${new Date(now).toISOString()}`;
  return told(head(run, stage, event, 'critical', runs.titles.stillOn(named(run, stage, now)), now), {
    cause: causeStillOn(run),
    state: 'open',
    lines: [runs.askedToStop(id, retold(why, reason))],
    did: [runs.isAskedAgain],
    todo: [todo.byHand(stopInstance(id))],
    links: instance(run, stage),
  });
}

/** That the instance of a run is off at last; undefined when nobody was told that it is not. */
export function offNotice(run: Run, stage: CompiledStage, now: number = Date.now()): Notice | undefined {
  if (!run.warnedAt && !isLeftOn(run)) return undefined;
  const { runs } = wordsOf(stage);
  return told(head(run, stage, 'off', 'success', runs.titles.off(named(run, stage, now)), now), {
    // Said only by a run that failed, it was part of another incident.
    ...(run.warnedAt || run.status === 'succeeded'
      ? { cause: causeStillOn(run), state: 'resolved' as const }
      : { run: run.key }),
    lines: [runs.isOff(run.instanceId ?? ''), runs.nothingLeft],
    links: instance(run, stage),
  });
}

function instance({ instanceId }: Run, stage: CompiledStage): Link[] {
  return labelled(wordsOf(stage).links.instance, instanceId && instanceLink(instanceId, stage.region));
}
