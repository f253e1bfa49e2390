import type { PipelineStep, PipelineWorkload, StepWork } from './compiled.ts';
import { seconds } from './duration.ts';
import type { Pipeline } from './pipeline.ts';
import type { Step } from './pipeline-step.ts';

/** A pipeline in the form that the deployed functions use. */
export function compilePipeline(pipeline: Pipeline, timezone: string): PipelineWorkload {
  const { after, calendar, duration = {}, deadline } = pipeline;
  return {
    kind: 'pipeline',
    timezone: pipeline.timezone ?? timezone,
    at: (pipeline.at ?? []).map((entry) => (typeof entry === 'string' ? { time: entry } : entry)),
    days: pipeline.days ?? 'every-day',
    ...(after !== undefined && { after }),
    closed: Object.fromEntries((calendar?.closed ?? []).map((date) => [date, calendar?.name ?? 'day off'])),
    steps: Object.fromEntries(
      Object.entries(pipeline.steps).map(([name, step]) => [name, compileStep(step, pipeline.on, deadline)]),
    ),
    duration: {
      ...(duration.warn !== undefined && { warnSeconds: seconds(duration.warn) }),
      ...(duration.fail !== undefined && { failSeconds: seconds(duration.fail) }),
    },
    begunWithinSeconds: seconds(pipeline.begunWithin ?? '5m'),
    catchUp: pipeline.catchUp ?? 'none',
    deadlineSeconds: seconds(deadline),
    startWithinSeconds: seconds(pipeline.startWithin),
    breakerFailures: pipeline.breaker.failures,
  };
}

function compileStep(step: Step, on: Pipeline['on'], deadline: string): PipelineStep {
  const { times = 0, wait = '10s', backoff = 2 } = step.retry ?? {};
  return {
    needs: step.needs,
    work: workOf(step, on),
    retry: { times, waitSeconds: seconds(wait), backoff },
    deadlineSeconds: seconds(step.deadline ?? deadline),
    expect: step.expect,
  };
}

/** @throws Error for a step that does nothing: it is refused before */
function workOf(step: Step, on: Pipeline['on']): StepWork {
  const { command, task, airflow, check, http, payload = {}, function: name } = step;
  if (command !== undefined) return ofCommand(command, on, step.on);
  if (typeof check === 'string') return ofCommand(check, on, step.on);
  const call = http ?? check;
  if (call) {
    const { within, ...rest } = call;
    return { by: 'http', ...rest, withinSeconds: seconds(within) };
  }
  if (name !== undefined) return { by: 'function', name, payload };
  if (task) return { by: 'task', ...task, securityGroups: task.securityGroups ?? [] };
  if (!airflow) throw new Error('a step that does nothing');
  const { version, user, password, token = '', ...rest } = airflow;
  return {
    by: 'airflow',
    ...rest,
    api: version === 2 ? 1 : 2,
    ...(user && { username: user }),
    secret: password ?? token,
  };
}

/** What a step says of its place wins over what its pipeline says. */
function ofCommand(command: string, pipelines: Pipeline['on'], own: Step['on']): StepWork {
  const { instance = '', cwd, user } = { ...pipelines, ...own };
  return {
    ...{ by: 'command', on: instance, command },
    ...(cwd !== undefined && { cwd }),
    ...(user !== undefined && { user }),
    environment: { ...pipelines?.environment, ...own?.environment },
  };
}
