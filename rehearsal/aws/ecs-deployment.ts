/** One deployment of an ECS service. */
export interface Deployment {
  id: string;
  status: 'PRIMARY' | 'ACTIVE';
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  desiredCount: number;
  runningCount: number;
  failedTasks: number;
  /** Milliseconds since the epoch. */
  createdAt: number;
  updatedAt: number;
}

const TASKS = 2;

export function deploymentOf(id: string, now: number, rolloutState: Deployment['rolloutState']): Deployment {
  return {
    ...{ id, status: 'PRIMARY', rolloutState, failedTasks: 0 },
    ...{ desiredCount: TASKS, runningCount: rolloutState === 'COMPLETED' ? TASKS : 0, createdAt: now, updatedAt: now },
  };
}

/** As DescribeServices lists it. */
export function described({ createdAt, updatedAt, ...rest }: Deployment): object {
  const { desiredCount, runningCount, rolloutState } = rest;
  return {
    ...rest,
    pendingCount: rolloutState === 'IN_PROGRESS' ? desiredCount - runningCount : 0,
    rolloutStateReason: `ECS deployment ${rest.id} ${REASONS[rolloutState]}.`,
    ...{ createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) },
  };
}

const REASONS: Record<Deployment['rolloutState'], string> = {
  IN_PROGRESS: 'in progress',
  COMPLETED: 'completed',
  FAILED: 'circuit breaker: tasks failed to start',
};
