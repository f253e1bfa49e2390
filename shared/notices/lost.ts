import { retold } from '../reasons.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import { wordsOf } from '../words/words.ts';
import { labelled, logGroupLink } from './links.ts';
import type { Notice } from './notice.ts';
import { head, named, told } from './parts.ts';

/** That a start which should have come by itself did not, and is made now. */
export function lostStartNotice(
  workload: string,
  slot: { key: string; inGap: boolean },
  stage: CompiledStage,
  now: number = Date.now(),
): Notice {
  const { runs } = wordsOf(stage);
  const run = { workload, key: slot.key };
  const name = named(run, stage, now);
  if (slot.inGap)
    return told(head(run, stage, 'gap', 'info', runs.titles.inGap(name), now), {
      run: slot.key,
      lines: [runs.clocksSkipIt],
    });
  return told(head(run, stage, 'lost', 'warning', runs.titles.lost(name), now), {
    cause: 'lost-start',
    lines: [runs.notDelivered],
    did: [runs.startsNow],
  });
}

/** That a stop which should have come by itself did not, and is made now. */
export function lostStopNotice(workload: string, { key }: { key: string }, stage: CompiledStage, now: number): Notice {
  const { environments, runs } = wordsOf(stage);
  const run = { workload, key };
  // Said again with each attempt, until one of them has left a record.
  const event = `lost ${new Date(now).toISOString()}`;
  return told(head(run, stage, event, 'warning', environments.lostStop(named(run, stage, now)), now), {
    cause: 'lost-stop',
    lines: [runs.notDelivered],
    did: [environments.stopsNow],
  });
}

/** That it could not even be decided whether a run may start, or an environment may be stopped. */
export function notAdmittedNotice(
  request: { workload: string; scheduledFor?: string; act?: 'start' | 'stop' },
  why: string,
  stage: CompiledStage,
  now: number = Date.now(),
): Notice {
  const { runs, links, reason } = wordsOf(stage);
  const run = { workload: request.workload, key: request.scheduledFor ?? new Date(now).toISOString() };
  const isStop = request.act === 'stop';
  const title = runs.titles[isStop ? 'notStopped' : 'notStarted'](run.workload);
  return told(head(run, stage, 'not-admitted', 'critical', title, now), {
    cause: 'not-admitted',
    lines: [retold(why, reason)],
    did: [isStop ? runs.nothingStopped : runs.nothingStarted],
    links: labelled(links.log, logGroupLink(`/aws/lambda/lamplighter-${stage.stage}-admitRun`, stage.region)),
  });
}
