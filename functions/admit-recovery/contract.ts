import * as z from 'zod/mini';

/** A change of an alarm, as EventBridge tells of it. */
const alarm = z.object({
  'detail-type': z.literal('CloudWatch Alarm State Change'),
  detail: z.object({
    alarmName: z.string(),
    state: z.object({ value: z.string(), reason: z.optional(z.string()), timestamp: z.string() }),
  }),
});

/** What the checks or a person ask for. */
const order = z.object({
  service: z.string(),
  /** `checks`, or a person's name. */
  by: z.string(),
  why: z.string(),
  /** When it went down, ISO 8601; without it, now, by hand. */
  openedAt: z.optional(z.string()),
});

export const request = z.union([alarm, order]);

export type Request = z.output<typeof request>;

export const input = z.object({ request, execution: z.string(), startedAt: z.string() });

export type Input = z.output<typeof input>;

/** What a recovery is to recover: where there are several kinds, the fields of the others are empty. */
const target = z.object({
  kind: z.enum(['ec2', 'ecs', 'group']),
  id: z.string(),
  /** Of an ECS service. */
  cluster: z.string(),
});

/** A recovery, as its machine carries it from state to state. */
export const recoveryPlan = z.object({
  kind: z.literal('service'),
  workload: z.string(),
  key: z.string(),
  scheduledFor: z.string(),
  execution: z.string(),
  /** `checks`, `alarm`, or a person's name. */
  by: z.string(),
  why: z.string(),
  admittedAt: z.string(),
  deadlineAt: z.string(),
  target,
  /** In whose name the lease is held: services on the same thing share it. */
  lease: z.object({ workload: z.string(), key: z.string() }),
  /** How many failures in a row, asked just then, mean that it is down: the checks have counted theirs. */
  failures: z.number(),
  /** Whether it is asked again some minutes after it has answered. */
  looksAgain: z.boolean(),
});

export type RecoveryPlan = z.output<typeof recoveryPlan>;

export const output = z.union([
  /** `wait`: ask again after so many seconds. */
  z.object({
    decision: z.enum(['recover', 'skip', 'duplicate', 'wait']),
    reason: z.optional(z.string()),
    waitSeconds: z.optional(z.number()),
    run: recoveryPlan,
  }),
  /** The alarm asks for nothing, or not for this. */
  z.object({ decision: z.literal('nothing') }),
]);

export type Output = z.output<typeof output>;

/** What goes on from state to state. */
export const admitted = z.object({
  decision: z.enum(['recover', 'skip', 'wait']),
  reason: z.optional(z.string()),
  run: recoveryPlan,
});
