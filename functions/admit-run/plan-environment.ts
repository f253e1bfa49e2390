import { InvalidInput } from '../../shared/errors.ts';
import type { EnvironmentWorkload } from '../../shared/stage/compiled.ts';
import type { EnvironmentPlan, Input } from './contract.ts';
import type { NameOfRun } from './plan.ts';

/**
 * The plan of a start or a stop of an environment. It may wait as long as it may take: whoever is at it, another run or
 * somebody's deployment, is let finish.
 *
 * @throws InvalidInput when it is not said which of the two
 */
export function planEnvironment(
  workload: EnvironmentWorkload,
  { act, request: { retryOf } }: Pick<Input, 'act' | 'request'>,
  name: NameOfRun,
): EnvironmentPlan {
  if (!act) throw new InvalidInput(`act: ${name.workload} is an environment, which its machines start or stop`);
  const { stack, deadlineSeconds, refresh, health } = workload;
  const after = (seconds: number) => new Date(Date.parse(name.admittedAt) + seconds * 1000).toISOString();
  return {
    kind: 'environment',
    ...name,
    act,
    ...(retryOf && { retryOf }),
    refresh,
    waitUntil: after(deadlineSeconds),
    deadlineAt: after(2 * deadlineSeconds),
    stack: {
      name: stack.name,
      templateUrl: stack.templateUrl,
      roleArn: roleArn(stack.role, name.execution),
      capabilities: stack.capabilities,
      timeoutMinutes: Math.ceil(deadlineSeconds / 60),
      token: `${name.workload}-${act}-${name.key.replace(/\D/g, '')}`,
    },
    hasHealthCheck: health !== undefined,
  };
}

/** A role by its name is in the account of the execution. */
function roleArn(role: string, execution: string): string {
  const [, partition, , , account] = execution.split(':');
  return role.startsWith('arn:') ? role : `arn:${partition}:iam::${account}:role/${role}`;
}
