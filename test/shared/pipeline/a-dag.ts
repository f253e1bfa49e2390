import { airflowOf } from '../../../shared/pipeline/airflow.ts';
import { request } from '../../../shared/pipeline/request.ts';
import { aPipelineStage, aStep } from './a-pipeline.ts';

export const STARTED = '2026-11-23T07:30:20.000Z';
export const ID = 'lamplighter__collection__2026-11-23T16:30__nightly__1.1';

/** The effects of start-dag and check-dag at an Airflow, for a user with a password or for one with a token. */
export function dagEffects(
  url: string,
  { api = 1 as 1 | 2, username = 'lamp' as string | undefined, dag = 'legacy', now = STARTED } = {},
) {
  const work = { by: 'airflow' as const, url: `${url}/`, dag, api, secret: 'ssm:/airflow', conf: { mode: 'full' } };
  const stage = aPipelineStage({ nightly: aStep({ ...work, ...(username && { username }) }), kospi: aStep() });
  const secret = async () => 'hush';
  return {
    stage: () => stage,
    now: () => Date.parse(now),
    airflowOf: (asked: Parameters<typeof airflowOf>[0]) => airflowOf(asked, { request, secret }),
  };
}
