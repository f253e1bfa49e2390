import type { CompiledStage } from '../shared/stage/compiled.ts';
import { pipelines as pipelinesOf } from '../shared/stage/kinds.ts';
import { arn } from './arns.ts';
import { machineName } from './pipelines/ids.ts';
import { machine, roleOf } from './pipelines/machine.ts';
import { endedRules } from './pipelines/rule.ts';
import { pipelineSweeper, pipelineSweeperAlarm } from './pipelines/sweeper.ts';
import { watches } from './pipelines/watch.ts';
import trust from './trust.json' with { type: 'json' };

/** The machine of each pipeline, and what watches over its runs: nothing, where there are no pipelines. */
export function pipelines(stage: CompiledStage): Record<string, object> {
  const all = pipelinesOf(stage);
  if (all.length === 0) return {};
  const names = all.map(([name]) => name);
  return {
    ...Object.assign({}, ...all.map(([name, pipeline]) => machine(stage.stage, name, pipeline))),
    ...Object.assign({}, ...all.map(([name, pipeline]) => watches(name, pipeline, stage.calendar))),
    ...endedRules(names),
    PipelineSweeperSchedule: pipelineSweeper(),
    PipelineSweeperAlarm: pipelineSweeperAlarm(),
    PipelineScheduleRole: scheduleRole(stage.stage, names),
  };
}

/** With it EventBridge Scheduler starts pipelines, by their names since they name it too, and looks after them. */
function scheduleRole(stage: string, names: string[]): object {
  const machines = names.map((name) => arn('states', `stateMachine:${machineName(stage, name)}`));
  return roleOf(trust.scheduler, [
    { Action: 'states:StartExecution', Resource: machines },
    {
      Action: 'lambda:InvokeFunction',
      Resource: ['SweepPipelines', 'WatchPipeline'].map((name) => ({ 'Fn::GetAtt': [`${name}LambdaFunction`, 'Arn'] })),
    },
    { Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
  ]);
}
