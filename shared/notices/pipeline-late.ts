import type { CompiledStage } from '../stage/compiled.ts';
import type { Run } from '../state/runs.ts';
import { pipelineWordsOf } from '../words/pipelines.ts';
import { wordsOf } from '../words/words.ts';
import type { Notice } from './notice.ts';
import { head, local, minutes, named, told } from './parts.ts';
import { CAUSES, opsOf } from './pipeline-parts.ts';

/** What is said of runs of pipelines while there is still time: that they did not begin, or take long. */

/** That a run was due and has not begun. */
export function notBegunNotice(
  slot: { workload: string; key: string; at: number },
  stage: CompiledStage,
  now: number = Date.now(),
): Notice {
  const words = pipelineWordsOf(stage);
  const late = Math.round((now - slot.at) / 60_000);
  const title = words.titles.notBegun(named(slot, stage, now));
  return told(head(slot, stage, 'not-begun', 'critical', title, now), {
    ...{ cause: CAUSES.notBegun, state: 'open' },
    lines: [words.wasDue(local(slot.at, slot, stage), late), words.noRun],
    did: [words.isStarted],
    todo: [words.look(opsOf('runs', slot, stage))],
  });
}

/** That a run is still going on after it was to be done. @param running the steps that are going on */
export function slowNotice(
  run: Pick<Run, 'workload' | 'key' | 'execution' | 'admittedAt' | 'startedAt' | 'deadlineAt' | 'generation'>,
  running: readonly string[],
  stage: CompiledStage,
  now: number = Date.now(),
): Notice {
  const words = pipelineWordsOf(stage);
  const workload = stage.workloads[run.workload];
  const limit = workload?.kind === 'pipeline' ? workload.duration.warnSeconds : undefined;
  const [begun, end] = [local(run.startedAt ?? run.admittedAt, run, stage), local(run.deadlineAt, run, stage)];
  const event = (run.generation ?? 1) > 1 ? `slow ${run.generation}` : 'slow';
  const [first] = running;
  return told(head(run, stage, event, 'warning', words.titles.slow(named(run, stage, now)), now), {
    ...{ cause: CAUSES.slow, state: 'open' },
    lines: [
      running.length > 0 ? words.goesOn(running.join(', '), begun) : words.nothingGoesOn(begun),
      ...(limit === undefined ? [] : [words.usualEnd(minutes(limit, wordsOf(stage)))]),
      words.isCutOffAt(end),
    ],
    todo: first ? [words.readLog(opsOf('logs', run, stage, ` --step ${first}`))] : [],
  });
}

/**
 * That runs were missed while nothing of ours ran.
 *
 * @param madeUp those of them that are made up for now
 */
export function missedNotice(
  workload: string,
  missed: readonly string[],
  madeUp: readonly string[],
  stage: CompiledStage,
  now: number = Date.now(),
): Notice {
  const words = pipelineWordsOf(stage);
  const [oldest = ''] = missed;
  const run = { workload, key: oldest };
  const times = (keys: readonly string[]) => keys.map((key) => key.replace('T', ' ')).join(', ');
  const command = `npx sls ops catch-up --stage ${stage.stage} --workload ${workload} --which all --why 'missed'`;
  const all = madeUp.length === missed.length;
  return told(head(run, stage, 'missed', 'warning', words.titles.missed(workload, missed.length), now), {
    cause: CAUSES.missed,
    lines: [words.missed(times(missed))],
    did: [madeUp.length > 0 ? words.isMadeUp(times(madeUp)) : words.notMadeUp],
    todo: all ? [] : [words.catchUp(command)],
  });
}
