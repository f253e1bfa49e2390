import { ACCOUNT, type Template } from '../template.ts';
import type { World } from '../world.ts';

interface TaskDefinition {
  ExecutionRoleArn: string;
  TaskRoleArn: string;
  ContainerDefinitions: {
    Image: string;
    Secrets?: { ValueFrom: string }[];
    LogConfiguration?: { Options: Record<string, string> };
  }[];
}

/**
 * What a task of a service that the template makes asks of its roles when it starts, and when it works: once, since roles do
 * not change while a rehearsal runs.
 *
 * @returns called with the name of each task that starts
 * @source ECS developer guide, "Amazon ECS task execution IAM role": the image, the log, the secrets; "Task scale-in protection
 * endpoint": the task's role asks for its protection
 */
export function askRoles(world: World, template: Template, cluster: string, service: string): (task: string) => void {
  const definition = definitionOf(template, service);
  let isAsked = false;
  return (task) => {
    if (!definition || isAsked) return;
    isAsked = true;
    const { ExecutionRoleArn, TaskRoleArn, ContainerDefinitions } = definition;
    for (const role of [ExecutionRoleArn, TaskRoleArn]) world.assume(role, 'ecs-tasks.amazonaws.com');
    const may = (role: string, of: string, operations: string[], input: Record<string, unknown>) => {
      for (const operation of operations) asked(world, role, of, operation, input);
    };
    for (const { Image, Secrets = [], LogConfiguration } of ContainerDefinitions) {
      const [, repositoryName] = /\.dkr\.ecr\.[^/]+\/([^:@]+)/.exec(Image) ?? [];
      const layers = ['BatchCheckLayerAvailability', 'GetDownloadUrlForLayer', 'BatchGetImage'];
      if (repositoryName) may(ExecutionRoleArn, 'ecr', ['GetAuthorizationToken', ...layers], { repositoryName });
      const group = LogConfiguration?.Options['awslogs-group'];
      const LogGroupArn = `arn:aws:logs:${world.stage.region}:${ACCOUNT}:log-group:${group}:log-stream:${task}`;
      if (group) may(ExecutionRoleArn, 'logs', ['CreateLogStream', 'PutLogEvents'], { LogGroupArn });
      for (const { ValueFrom } of Secrets) may(ExecutionRoleArn, 'ssm', ['GetParameters'], { ValueFrom });
    }
    may(TaskRoleArn, 'ecs', ['GetTaskProtection', 'UpdateTaskProtection'], { cluster, task });
  };
}

function asked(world: World, role: string, service: string, operation: string, input: Record<string, unknown>): void {
  try {
    world.permit(role, service, operation, input);
  } catch {
    // Denied, and journalled as denied: that is enough.
  }
}

function definitionOf(template: Template, service: string): TaskDefinition | undefined {
  const made = template.of('AWS::ECS::Service').find(({ properties }) => properties['ServiceName'] === service);
  const found = template
    .of('AWS::ECS::TaskDefinition')
    .find(({ id }) => template.ref(id) === made?.properties['TaskDefinition']);
  return found?.properties as TaskDefinition | undefined;
}
