import { InvalidInput } from '../../shared/errors.ts';
import { askedFor, isNamed } from '../../shared/pipeline/again.ts';
import { because } from '../../shared/pipeline/reasons.ts';
import type { PipelineWorkload } from '../../shared/stage/compiled.ts';
import type { Run } from '../../shared/state/runs.ts';
import { hasEnded, type StepRecord } from '../../shared/state/steps.ts';
import type { PipelinePlan } from '../admit-run/contract.ts';
import type { Output } from './contract.ts';

type Decided = Omit<Output, 'ask'>;

interface Facts {
  steps: PipelineWorkload['steps'];
  /** The run as it is recorded. */
  known: Run | undefined;
  /** The step and what it needs, as far as they are recorded. */
  records: StepRecord[];
  isStopped: boolean;
  /** Milliseconds since the epoch. */
  now: number;
}

/** Whether a step runs. @throws InvalidInput for a step that the pipeline has not any more */
export function decide(
  step: string,
  { workload, generation, again }: Pick<PipelinePlan, 'workload' | 'generation' | 'again'>,
  { steps, known, records, isStopped, now }: Facts,
): Decided {
  const { needs, deadlineSeconds } = steps[step] ?? {};
  if (!needs || !deadlineSeconds)
    throw new InvalidInput(`step: ${workload} has no step ${step} any more; it was deployed anew`);
  const record = records.find((one) => one.step === step);
  if (record && hasEnded(record, generation)) return { decision: 'keep', reason: because('hasEnded') };
  // An execution that was given up, and was let go on by somebody in the console, does nothing behind anybody's back.
  if (known?.status !== 'running' || known.generation !== generation) return pass(because('runOver'));
  if (askedFor(step, again, steps, record) === 'keep') {
    const reason = record?.status === 'succeeded' ? 'doneBefore' : 'notAskedFor';
    return { decision: 'keep', reason: because(reason) };
  }
  if (isStopped) return pass(because('emergency'));
  const left = Date.parse(known.deadlineAt) - now;
  if (left <= 0) return pass(because('runTimeUp'));
  const missing = isNamed(step, again) ? [] : needs.filter((need) => !hasSucceeded(need, generation, records));
  if (missing.length === 0) return { decision: 'run', secondsLeft: Math.min(deadlineSeconds, Math.ceil(left / 1000)) };
  return pass(because(missing.length === 1 ? 'needFailed' : 'stepsFailed', missing.join(', ')));
}

function hasSucceeded(need: string, generation: number, records: StepRecord[]): boolean {
  return records.some(
    (record) => record.step === need && hasEnded(record, generation) && record.status === 'succeeded',
  );
}

function pass(reason: string): Decided {
  return { decision: 'pass', reason };
}
