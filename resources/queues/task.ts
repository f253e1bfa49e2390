import { parameter } from '../arns.ts';
import type { Making } from './created.ts';
import { idsOf, workerLogs } from './ids.ts';
import { addressOf } from './image.ts';

/** What one worker is, and where what it prints is kept. */
export function task({ stage, name, workers }: Making): Record<string, object> {
  const ids = idsOf(name);
  const { vcpu, gigabytes, arm } = workers.task ?? { vcpu: 1, gigabytes: 2, arm: false };
  return {
    [ids.logs]: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: workerLogs(stage, name), RetentionInDays: 30 },
    },
    [ids.task]: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Family: `lamplighter-${stage}-${name}`,
        RequiresCompatibilities: ['FARGATE'],
        NetworkMode: 'awsvpc',
        Cpu: String(vcpu * 1024),
        Memory: String(gigabytes * 1024),
        RuntimePlatform: { CpuArchitecture: arm ? 'ARM64' : 'X86_64', OperatingSystemFamily: 'LINUX' },
        ExecutionRoleArn: { 'Fn::GetAtt': [ids.executionRole, 'Arn'] },
        TaskRoleArn: { 'Fn::GetAtt': [ids.taskRole, 'Arn'] },
        ContainerDefinitions: [container(workers, ids.logs)],
      },
    },
  };
}

function container({ create, stopTimeoutSeconds }: Making['workers'], logs: string): object {
  const { image, command, environment, secrets } = create;
  return {
    Name: 'worker',
    Image: addressOf(image),
    Essential: true,
    ...(command && { Command: command }),
    Environment: Object.entries(environment).map(([Name, Value]) => ({ Name, Value })),
    Secrets: Object.entries(secrets).map(([Name, reference]) => ({ Name, ValueFrom: parameter(reference) })),
    StopTimeout: stopTimeoutSeconds,
    // Hands SIGTERM on to a worker that was started by a shell, and buries what browsers leave behind.
    LinuxParameters: { InitProcessEnabled: true },
    LogConfiguration: {
      LogDriver: 'awslogs',
      Options: {
        'awslogs-group': { Ref: logs },
        'awslogs-region': { Ref: 'AWS::Region' },
        'awslogs-stream-prefix': 'worker',
      },
    },
  };
}
