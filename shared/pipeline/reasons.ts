import { fill, type Reason, readerOf, because as record } from '../reasons.ts';

/** What befell a step or a run of a pipeline: as it is recorded. Apart from the other reasons, since few functions need them. */
export const PIPELINE_REASONS = {
  below: '{} is {}, less than {}',
  above: '{} is {}, more than {}',
  shareBelow: '{} is {} percent of {}, less than {}',
  shareAbove: '{} is {} percent of {}, more than {}',
  unusual: '{} is {}, usually {}: more than {} percent off',
  shareUnusual: '{} is {} percent of {}, usually {}: more than {} percent off',
  unreported: '{} was not reported',
  nothingOf: '{} has no share: {} is 0',
  tookLong: 'took {} seconds, more than {}',
  needFailed: '{} did not succeed',
  doneBefore: 'it succeeded before',
  notAskedFor: 'not asked for',
  stepsFailed: '{text} did not succeed',
  hasEnded: 'it has ended already',
  runOver: 'the run is over',
  runTimeUp: 'the time of the run was up',
  emergency: 'everything is stopped for an emergency',
  notReached: 'it was not come by',
  notJudged: 'how it ended is not known',
  taskEnded: 'the task ended with exit code {}: {text}',
  dagEnded: 'the DAG run {} ended {}: {text}',
  dagQueued: 'the DAG run {} is still queued: its DAG may be paused',
  dagClash: 'another DAG run of {} has the logical date {}',
  airflowSays: 'Airflow answers {}: {text}',
  dagGoesOn: 'its run of the DAG {} goes on in Airflow',
  functionGoesOn: 'the function {} goes on for 15 minutes at most',
  callGoesOn: 'what was called goes on',
  firstFailed: 'it follows {}, which ended {}',
} as const;

export type PipelineReason = keyof typeof PIPELINE_REASONS;

/** The reason as it is recorded, one of pipelines or one of all runs. */
export function because(reason: PipelineReason | Reason, ...values: (string | number)[]): string {
  return isOwn(reason) ? fill(PIPELINE_REASONS[reason], values) : record(reason, ...values);
}

export const readPipelineReason = readerOf(PIPELINE_REASONS);

function isOwn(reason: string): reason is PipelineReason {
  return Object.hasOwn(PIPELINE_REASONS, reason);
}
