import { DagFailed, DagInProgress, DeadlineExceeded, InvalidInput } from '../../shared/errors.ts';
import { type Airflow, type AirflowWork, airflowOf, pageOf, runsOf, well } from '../../shared/pipeline/airflow.ts';
import { because } from '../../shared/pipeline/reasons.ts';
import { deployedPipelineStep, deployedStage } from '../../shared/stage/deployed.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input, type Output } from './contract.ts';

const real = { stage: deployedStage, airflowOf, now: Date.now };

/** Judges a DAG run once: that it succeeded, a named failure, or `DagInProgress` to be asked again. */
export async function checkDag({ step, run, dag, seconds }: Input, effects = real): Promise<Output> {
  const { work } = deployedPipelineStep(run.workload, step, effects.stage());
  if (work.by !== 'airflow') throw new InvalidInput(`step: ${step} of ${run.workload} is no DAG of Airflow`);
  const airflow = await effects.airflowOf(work);
  const found = well(await airflow('GET', runsOf(work, dag.id))) as DagRun;
  const known = { log: pageOf(work, dag.id), ...timesOf(found) };
  if (found.state === 'success') return known;
  if (found.state === 'failed') {
    const message = because('dagEnded', dag.id, found.state, await failedTasks(airflow, work, dag.id));
    throw new DagFailed(JSON.stringify({ message, ...known }));
  }
  if (effects.now() < Math.min(Date.parse(run.deadlineAt), Date.parse(dag.startedAt) + seconds * 1000))
    throw new DagInProgress(`${dag.id} is ${found.state}`);
  // Nobody waits for it any more: it must not go on by itself.
  well(await airflow('PATCH', runsOf(work, dag.id), { state: 'failed' }));
  const message = found.state === 'queued' ? because('dagQueued', dag.id) : because('jobTooLong');
  throw new DeadlineExceeded(JSON.stringify({ message, ...known }));
}

interface DagRun {
  state: 'queued' | 'running' | 'success' | 'failed';
  start_date?: string | null;
  end_date?: string | null;
}

function timesOf({ start_date: startedAt, end_date: endedAt }: DagRun): Pick<Output, 'startedAt' | 'endedAt'> {
  return { ...(startedAt && { startedAt }), ...(endedAt && { endedAt }) };
}

/** Which tasks failed: what people look at first. */
async function failedTasks(airflow: Airflow, work: AirflowWork, id: string): Promise<string> {
  const { task_instances: tasks } = well(await airflow('GET', `${runsOf(work, id)}/taskInstances`)) as {
    task_instances: { task_id: string; state: string | null }[];
  };
  const failed = tasks.filter(({ state }) => state === 'failed').map(({ task_id }) => task_id);
  return failed.length > 0 ? `${failed.join(', ')} failed` : 'no task failed';
}

export const handler = wrap(input, checkDag);
