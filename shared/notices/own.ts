import type { CompiledStage, Severity } from '../stage/compiled.ts';
import { wallTime } from '../time/wall-clock.ts';
import { wordsOf } from '../words/words.ts';
import type { Notice } from './notice.ts';

/** What Lamplighter says of its own notices. */

/** How many workloads of a storm are named. */
const NAMED = 10;

export interface Storm {
  /** How many notices were not said one by one. */
  count: number;
  causes: number;
  /** Workload → how many of them. */
  perWorkload: Record<string, number>;
  /** Milliseconds since the epoch. */
  since: number;
}

/** That there are too many notices to say each. It is one incident until the storm is over. */
export function stormNotice(
  { count, causes, perWorkload, since, severity }: Storm & { severity: Severity },
  stage: CompiledStage,
  now: number = Date.now(),
): Notice {
  const { own } = wordsOf(stage);
  const shares = Object.entries(perWorkload).sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1));
  return {
    ...ofOurselves(`storm ${since} ${now}`, stage, now),
    severity,
    title: own.storm(counted(count), causes),
    lines: [
      own.stormLines(time(since, stage)),
      ...shares.slice(0, NAMED).map(([workload, share]) => own.stormShare(workload, counted(share))),
      ...(shares.length > NAMED ? [own.stormMore(shares.length - NAMED)] : []),
    ],
    todo: [own.stormTodo],
    cause: 'storm',
    state: 'open',
  };
}

/** That from now on each notice is said again. */
export function stormOverNotice({ count, since }: Storm, stage: CompiledStage, now: number = Date.now()): Notice {
  const { own } = wordsOf(stage);
  return {
    ...ofOurselves(`storm ${since} over`, stage, now),
    severity: 'success',
    title: own.stormOver,
    lines: [own.stormOverLines(counted(count), time(since, stage))],
    cause: 'storm',
    state: 'resolved',
  };
}

/** The daily notice that shows that a channel still works: one a day. */
export function testNotice(stage: CompiledStage, now: number = Date.now()): Notice {
  const { own } = wordsOf(stage);
  return {
    ...ofOurselves(`test ${wallTime(now, stage.timezone).slice(0, 10)}`, stage, now),
    severity: 'info',
    title: own.test(stage.stage),
    lines: [own.testIsRoutine, own.testIfMissing],
    everywhere: true,
  };
}

function ofOurselves(event: string, stage: CompiledStage, now: number) {
  return {
    id: `lamplighter ${event}`,
    at: wallTime(now, stage.timezone),
    stage: stage.stage,
    workload: 'lamplighter',
  };
}

function time(instant: number, { timezone }: CompiledStage): string {
  return wallTime(instant, timezone).slice(11, 16);
}

function counted(count: number): string {
  return count.toLocaleString('en');
}
