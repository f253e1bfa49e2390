import { join } from 'node:path';
import type { StopResult } from '../shared/emergency.ts';
import { documentName } from '../shared/recovery/command.ts';
import { isRecoverable } from '../shared/recovery/rungs.ts';
import { secretsOf } from '../shared/stage/channel-secrets.ts';
import { compileStage } from '../shared/stage/compile.ts';
import type { Channel, CompiledStage, EnvironmentWorkload, Rung } from '../shared/stage/compiled.ts';
import { batches, environments } from '../shared/stage/kinds.ts';
import { readStage } from '../shared/stage/read.ts';
import { inS3 } from '../shared/stage/template-url.ts';
import { arn, distinct, parameter, type Sub, sub } from './arns.ts';
import { type CommandsEstate, ofCommands } from './commands.ts';
import { statusAddress } from './front-door.ts';
import { ofPipelines, type PipelinesEstate } from './pipelines/estate.ts';
import { ofQueues, type QueuesEstate, workerTargets } from './queues/estate.ts';

interface ChannelArns {
  queues: Sub[];
  secrets: Sub[];
  topics: Sub[];
  /** The queues of the channels that carry what these cannot. */
  fallbacks: Sub[];
}

/** The stage and the names that IAM and resources derive from it: nothing else may be touched (law 5). */
export interface Estate extends CompiledStage, CommandsEstate, PipelinesEstate, QueuesEstate {
  compiled: CompiledStage;
  /** Whether the table refuses to be deleted: everywhere but in `dev`. */
  isProtected: boolean;
  instanceArns: Sub[];
  bootInstanceArns: Sub[];
  commandArns: Sub[];
  handoverArns: Sub[];
  /** What a recovery may restart, reboot, stop and start, deploy anew, and replace members of. */
  restartArns: Sub[];
  rebootArns: Sub[];
  stopStartArns: Sub[];
  ecsServiceArns: Sub[];
  groupArns: Sub[];
  /** The instances of batches, and those that a recovery starts again. */
  startableArns: Sub[];
  stackArns: Sub[];
  /** Those and what is nested in them. */
  stackReadArns: Sub[];
  /** The service roles that CloudFormation is given. */
  stackRoleArns: (Sub | string)[];
  templateArns: Sub[];
  imageRepositoryArns: Sub[];
  /** The machines whose executions an emergency stop cuts off. */
  emergencyMachines: object[];
  /** Everything that an emergency stop stops. */
  emergencyTargets: StopResult['target'][];
  /** What the function of each kind of channel reads and writes. */
  channelArns: Record<'discord' | 'slack' | 'teams' | 'webhook' | 'sns' | 'all', ChannelArns>;
  /** What Cost Explorer may be asked for: everything or nothing. */
  billArns: string[];
  /** The secret in the address that heartbeats go to. */
  heartbeatSecretArns: Sub[];
  /** The token of the status page. */
  statusTokenArns: Sub[];
  /** Where the status page is; an empty text without one. */
  statusAddress: Sub | string;
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
  const ofPipeline = ofPipelines(compiled);
  return {
    ...compiled,
    compiled,
    isProtected: stage !== 'dev',
    ...ofBatches(compiled),
    ...ofRecoveries(compiled),
    ...ofQueues(compiled),
    ...ofCommands(compiled),
    ...ofPipeline,
    emergencyMachines: [{ Ref: 'RunBatch' }, { Ref: 'StartEnvironment' }, ...ofPipeline.pipelineMachineArns],
    ...ofEnvironments(environments(compiled).map(([, workload]) => workload)),
    emergencyTargets: [
      ...batches(compiled).map(
        ([workload, { instance }]) => ({ kind: 'instance', workload, id: instance.id }) as const,
      ),
      ...environments(compiled).map(([workload, { stack }]) => ({ kind: 'stack', workload, id: stack.name }) as const),
      ...workerTargets(compiled),
    ],
    channelArns: {
      discord: ofChannels(compiled, ['discord']),
      slack: ofChannels(compiled, ['slack']),
      teams: ofChannels(compiled, ['teams']),
      webhook: ofChannels(compiled, ['webhook']),
      sns: ofChannels(compiled, ['email', 'sms']),
      all: ofChannels(compiled, ['discord', 'slack', 'teams', 'webhook', 'email', 'sms']),
    },
    billArns: compiled.budget.bill ? ['*'] : [],
    heartbeatSecretArns: [compiled.notify.heartbeat?.url ?? ''].filter((url) => url.startsWith('ssm:')).map(parameter),
    statusAddress: compiled.status ? statusAddress() : '',
    statusTokenArns: [compiled.status?.access].flatMap((access) =>
      typeof access === 'object' ? [parameter(access.token)] : [],
    ),
  };
}

function ofChannels({ stage, notify }: CompiledStage, kinds: Channel['kind'][]): ChannelArns {
  const channels = Object.entries(notify.channels).filter(([, { kind }]) => kinds.includes(kind));
  const named = (service: string) => (name: string) => arn(service, `lamplighter-${stage}-${name}`);
  return {
    queues: channels.map(([name]) => named('sqs')(name)),
    secrets: distinct(channels.flatMap(([, channel]) => secretsOf(channel)).map(parameter)),
    topics: channels.filter(([, channel]) => 'to' in channel).map(([name]) => named('sns')(name)),
    fallbacks: distinct(channels.flatMap(([, { fallback }]) => fallback ?? []).map(named('sqs'))),
  };
}

function ofBatches(compiled: CompiledStage) {
  const known = batches(compiled);
  const instances = known.map(([, { instance }]) => arn('ec2', `instance/${instance.id}`));
  const boots = known.filter(([, { run }]) => run.by === 'boot');
  const runsCommands = known.some(([, { run }]) => run.by === 'ssm');
  return {
    instanceArns: instances,
    bootInstanceArns: boots.map(([, { instance }]) => arn('ec2', `instance/${instance.id}`)),
    commandArns: runsCommands
      ? [...instances, sub('arn:${AWS::Partition}:ssm:${AWS::Region}::document/AWS-RunShellScript')]
      : [],
    handoverArns: boots.map(([name]) => arn('ssm', `parameter/lamplighter/${compiled.stage}/${name}/job`)),
  };
}

function ofRecoveries(compiled: CompiledStage) {
  const { stage, services } = compiled;
  const targets = (rung: Rung) =>
    Object.values(services).flatMap((service) =>
      isRecoverable(service) && service.recover.rungs.includes(rung) ? [service.target] : [],
    );
  const instances = (rung: Rung) =>
    distinct(targets(rung).flatMap((target) => ('ec2' in target ? [arn('ec2', `instance/${target.ec2}`)] : [])));
  const [restarts, stopStarts] = [instances('restart'), instances('stop-start')];
  return {
    restartArns: restarts.length > 0 ? [...restarts, arn('ssm', `document/${documentName(stage)}`)] : [],
    rebootArns: instances('reboot'),
    stopStartArns: stopStarts,
    ecsServiceArns: distinct(
      targets('redeploy').flatMap((target) =>
        'ecs' in target ? [arn('ecs', `service/${target.ecs.cluster}/${target.ecs.service}`)] : [],
      ),
    ),
    groupArns: distinct(
      targets('replace').flatMap((target) =>
        'group' in target ? [arn('autoscaling', `autoScalingGroup:*:autoScalingGroupName/${target.group}`)] : [],
      ),
    ),
    startableArns: distinct([...ofBatches(compiled).instanceArns, ...stopStarts]),
  };
}

function ofEnvironments(workloads: EnvironmentWorkload[]) {
  const stacks = workloads.map(({ stack }) => stack);
  const repositories = new Set(workloads.flatMap(({ images }) => images.map(({ repository }) => repository)));
  return {
    stackArns: stacks.map(({ name }) => arn('cloudformation', `stack/${name}/*`)),
    stackReadArns: stacks.flatMap(({ name }) => [
      arn('cloudformation', `stack/${name}/*`),
      arn('cloudformation', `stack/${name}-*/*`),
    ]),
    stackRoleArns: distinct(
      stacks.map(({ role }) =>
        role.startsWith('arn:') ? role : sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${role}`),
      ),
    ),
    templateArns: distinct(
      stacks.map(({ templateUrl }) => {
        const { bucket = '', key = '' } = inS3(templateUrl) ?? {};
        return sub(`arn:\${AWS::Partition}:s3:::${bucket}/${key}`);
      }),
    ),
    imageRepositoryArns: [...repositories].map((name) => arn('ecr', `repository/${name}`)),
  };
}
