import type { Instance, State } from './ec2.ts';

/** What StartInstances and StopInstances answer of one. */
export function changed({ id, state }: Instance, before: State): object {
  return { InstanceId: id, CurrentState: { Name: state }, PreviousState: { Name: before } };
}

export function describe({ id, state, type, launchedAt, stoppedAt }: Instance): object {
  const isOff = state === 'stopping' || state === 'stopped' || state === 'shutting-down' || state === 'terminated';
  return {
    ...{ InstanceId: id, InstanceType: type, State: { Name: state } },
    ...(launchedAt !== undefined && { LaunchTime: new Date(launchedAt) }),
    ...(isOff &&
      stoppedAt !== undefined && {
        StateTransitionReason: `User initiated (${gmt(stoppedAt)})`,
        StateReason: {
          Code: 'Client.UserInitiatedShutdown',
          Message: 'Client.UserInitiatedShutdown: User initiated shutdown',
        },
      }),
  };
}

/** As EC2 writes it: `2026-11-21 02:31:07 GMT`. */
function gmt(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} GMT`;
}

/** What DescribeInstanceStatus says of one. @param ailment what ails the machine under it */
export function statusOf({ id, state, isImpaired = false }: Instance, ailment: string | undefined): object {
  const isIll = isImpaired || ailment !== undefined;
  const Status = state !== 'running' ? 'not-applicable' : isIll ? 'impaired' : 'ok';
  return { InstanceId: id, InstanceState: { Name: state }, InstanceStatus: { Status }, SystemStatus: { Status } };
}
