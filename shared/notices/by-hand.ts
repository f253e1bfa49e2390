import type { CompiledStage } from '../stage/compiled.ts';
import type { Run } from '../state/runs.ts';
import { wordsOf } from '../words/words.ts';
import { opensBreaker } from './parts.ts';

/** Commands that a person can run as they stand, from a clone of the project. */

/** Says a word of a person to the deployed stage. */
export function tell(act: 'start' | 'resume' | 'pause', workload: string | undefined, stage: string): string {
  const why = { start: 'once more', resume: 'mended', pause: 'emergency' }[act];
  return `npx sls ops ${act} --stage ${stage}${workload === undefined ? '' : ` --workload ${workload}`} --why '${why}'`;
}

/** What a person says to the recovery of a service. */
export function tellRecovery(act: 'recover' | 'approve', service: string, stage: string): string {
  const why = act === 'recover' ? " --why 'once more'" : '';
  return `npx sls ops ${act} --stage ${stage} --workload ${service}${why}`;
}

export function startInstance(id: string): string {
  return `aws ec2 start-instances --instance-ids ${id}`;
}

export function stopInstance(id: string): string {
  return `aws ec2 stop-instances --instance-ids ${id}`;
}

export function deleteStack(name: string): string {
  return `aws cloudformation delete-stack --stack-name ${name}`;
}

/** First what scales them, or it would start them again. */
export function stopWorkers({ cluster, service }: { cluster: string; service: string }): string {
  const target = `--service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id service/${cluster}/${service}`;
  return (
    `aws application-autoscaling register-scalable-target ${target} --min-capacity 0 --max-capacity 0 && ` +
    `aws ecs update-service --cluster ${cluster} --service ${service} --desired-count 0`
  );
}

/** What a person can do about a run that did not end well: once more, or, when failures hold it back, let go of it. */
export function nextSteps(run: Run, stage: CompiledStage): string[] {
  const { todo } = wordsOf(stage);
  const isHeld = opensBreaker(run) || run.reason?.startsWith('breaker open');
  return isHeld
    ? [todo.resume(tell('resume', run.workload, stage.stage))]
    : [todo.again(tell('start', run.workload, stage.stage))];
}
