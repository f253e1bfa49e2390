import type { StepRecord } from '../state/steps.ts';
import type { StepEnded } from './ended.ts';
import type { Steps } from './graph.ts';
import { because } from './reasons.ts';

/** How the steps of a run ended, in the order of the stage file, as far as its newest execution came by them. */
export function endedOf(steps: Steps, records: readonly StepRecord[], generation = 1): StepEnded[] {
  return Object.keys(steps).map((name) => {
    const record = records.find((one) => one.step === name && one.generation === generation);
    if (!record) return { name, status: 'passed-over', reason: because('notReached') };
    const { status, tries, numbers, reason, warnings, log } = record;
    const seconds = secondsOfStep(record);
    if (status === 'running') return { name, status: 'failed', reason: because('notJudged') };
    return {
      ...{ name, status },
      ...(seconds !== undefined && { seconds }),
      ...(tries && tries > 1 && { tries }),
      ...(numbers && { numbers }),
      ...(reason && { reason }),
      ...(warnings && { warnings }),
      ...(log && { log }),
    };
  });
}

/** How long the work of a step took; of what does not say it itself, from when it was begun to when that was seen to be over. */
export function secondsOfStep({
  seconds,
  startedAt,
  endedAt,
}: Pick<StepRecord, 'seconds' | 'startedAt' | 'endedAt'>): number | undefined {
  if (seconds !== undefined || !startedAt || !endedAt) return seconds;
  return Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
}
