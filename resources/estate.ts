import { join } from 'node:path';
import { compileStage } from '../shared/stage/compile.ts';
import type { CompiledStage } from '../shared/stage/compiled.ts';
import { readStage } from '../shared/stage/read.ts';

type Sub = { 'Fn::Sub': string };

/** The stage and the names that IAM and resources derive from it: nothing else may be touched (law 5). */
export interface Estate extends CompiledStage {
  compiled: CompiledStage;
  instanceArns: Sub[];
  bootInstanceArns: Sub[];
  commandArns: Sub[];
  handoverArns: Sub[];
  discordQueueArns: Sub[];
  discordSecretArns: Sub[];
}

/**
 * Reads the stage file once, for everything that is generated from it.
 *
 * @param stage the name given with `--stage`
 * @param file another stage file than `stages/<stage>.yml`
 * @throws StageFileInvalid
 */
export function loadEstate(
  stage: string,
  file: string = join('stages', `${stage}.yml`),
  now: Date = new Date(),
): Estate {
  const compiled = compileStage(readStage(file), stage, now.getUTCFullYear());
  const instances = Object.values(compiled.workloads).map(({ instance }) => arn('ec2', `instance/${instance.id}`));
  const channels = Object.entries(compiled.notify.channels);
  const discord = channels.flatMap(([name, channel]) => (channel.kind === 'discord' ? [{ name, channel }] : []));
  const boots = Object.entries(compiled.workloads).filter(([, { run }]) => run.by === 'boot');
  const runsCommands = Object.values(compiled.workloads).some(({ run }) => run.by === 'ssm');
  return {
    ...compiled,
    compiled,
    instanceArns: instances,
    bootInstanceArns: boots.map(([, { instance }]) => arn('ec2', `instance/${instance.id}`)),
    commandArns: runsCommands
      ? [...instances, sub('arn:${AWS::Partition}:ssm:${AWS::Region}::document/AWS-RunShellScript')]
      : [],
    handoverArns: boots.map(([name]) => arn('ssm', `parameter/lamplighter/${stage}/${name}/job`)),
    discordQueueArns: discord.map(({ name }) => arn('sqs', `lamplighter-${stage}-${name}`)),
    discordSecretArns: discord.map(({ channel }) => arn('ssm', `parameter${channel.webhook.replace(/^ssm:/, '')}`)),
  };
}

function arn(service: string, resource: string): Sub {
  return sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);
}

function sub(text: string): Sub {
  return { 'Fn::Sub': text };
}
