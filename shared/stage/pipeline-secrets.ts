import type { PipelineWorkload, StepWork } from './compiled.ts';

/** The references that our functions read for the steps of a pipeline; those of commands are read by their server. */
export function secretsOfSteps({ steps }: PipelineWorkload): string[] {
  return [...new Set(Object.values(steps).flatMap(({ work }) => secretsOf(work)))];
}

function secretsOf(work: StepWork): string[] {
  if (work.by === 'airflow') return [work.secret];
  return work.by === 'http' ? Object.values(work.headers).filter((value) => value.startsWith('ssm:')) : [];
}
