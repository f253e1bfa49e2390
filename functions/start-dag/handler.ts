import { DagFailed, InvalidInput } from '../../shared/errors.ts';
import { airflowOf, runsOf, well } from '../../shared/pipeline/airflow.ts';
import { factsOf } from '../../shared/pipeline/ask.ts';
import { because } from '../../shared/pipeline/reasons.ts';
import { deployedPipelineStep, deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

const real = { stage: deployedStage, airflowOf, now: Date.now };

/** Has Airflow run a DAG, once however often it is asked: the DAG run has an id of ours. */
export async function startDag({ step, run, said }: Input, effects = real): Promise<Output> {
  const { work } = deployedPipelineStep(run.workload, step, effects.stage());
  if (work.by !== 'airflow') throw new InvalidInput(`step: ${step} of ${run.workload} is no DAG of Airflow`);
  const { generation = 1 } = run;
  const attempt = Number(said.try?.number ?? 1);
  const id = `lamplighter__${run.workload}__${run.key}__${step}__${generation}.${attempt}`;
  const date = logicalDate(run.scheduledFor, (generation - 1) * 100 + attempt - 1);
  const airflow = await effects.airflowOf(work);
  const conf = { ...work.conf, lamplighter: factsOf(run, step) };
  const answer = await airflow('POST', runsOf(work), { dag_run_id: id, logical_date: date, conf });
  const output = { id, startedAt: new Date(effects.now()).toISOString() };
  if (answer.status !== 409) well(answer);
  // Ours of an earlier time that we asked, or somebody else's of the same date.
  else if ((await airflow('GET', runsOf(work, id))).status === 404)
    throw new DagFailed(because('dagClash', work.dag, date));
  return output;
}

/** Airflow has one run of a DAG for a logical date: another try is milliseconds later, and so on the same day. */
function logicalDate(scheduledFor: string, milliseconds: number): string {
  return new Date(Date.parse(scheduledFor) + milliseconds).toISOString();
}

export const handler = wrap(input, startDag);
