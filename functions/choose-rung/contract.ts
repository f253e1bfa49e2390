import * as z from 'zod/mini';
import { admitted } from '../admit-recovery/contract.ts';
import { output as asked } from '../ask-service/contract.ts';
import { output as said } from '../check-restart/contract.ts';
import { caught } from '../settle-run/contract.ts';

export const step = z.object({
  rung: z.enum(['restart', 'reboot', 'stop-start', 'redeploy', 'replace']),
  at: z.string(),
  seconds: z.optional(z.number()),
  result: z.optional(z.string()),
  logs: z.optional(z.string()),
});

/** What is done next. */
export const choice = z.object({
  rung: z.enum(['restart', 'reboot', 'stop-start', 'redeploy', 'replace', 'none']),
  /** Why there is none: it answers again, it must not be touched now, or a person is needed. */
  end: z.optional(z.enum(['well', 'held', 'person'])),
  reason: z.optional(z.string()),
  /** Whether a person has to say yes first. */
  needsApproval: z.boolean(),
  /** Since when people have been asked for it. */
  askedSince: z.optional(z.string()),
  at: z.string(),
  /** From when on, and how long, the service has to come up: `AwaitRunning` sets the clock anew. */
  begun: z.object({ at: z.string() }),
  withinSeconds: z.number(),
  /** Until when a stopped instance may be started again. */
  startUntil: z.string(),
  /** The instance; of a group the member that is unwell. */
  instanceId: z.optional(z.string()),
  /** The request of SendCommand. */
  command: z.optional(z.record(z.string(), z.unknown())),
  /** What was done before. */
  steps: z.array(step),
});

export type Choice = z.output<typeof choice>;

/** What a person said to a step that needs it. */
export const approval = z.object({ by: z.string(), rung: z.string() });

/** What the direct calls of the machine found. */
const deployments = z.array(z.looseObject({ Deployments: z.optional(z.array(z.unknown())) }));
const groups = z.array(
  z.looseObject({
    Instances: z.optional(
      z.array(z.looseObject({ InstanceId: z.string(), HealthStatus: z.string(), LifecycleState: z.string() })),
    ),
  }),
);
const status = z.optional(z.looseObject({ Status: z.optional(z.string()) }));
const statuses = z.array(
  z.looseObject({ InstanceId: z.optional(z.string()), InstanceStatus: status, SystemStatus: status }),
);

/** The state of the machine: what Admit gave, and what was done and seen since. */
export const input = z.extend(admitted, {
  asked: z.optional(asked),
  choice: z.optional(choice),
  approval: z.optional(approval),
  said: z.optional(said),
  verified: z.optional(asked),
  rungError: z.optional(caught),
  startError: z.optional(caught),
  notUp: z.optional(caught),
  services: z.optional(z.object({ list: deployments })),
  groups: z.optional(z.object({ list: groups })),
  members: z.optional(z.object({ statuses })),
  error: z.optional(caught),
});

export type Input = z.output<typeof input>;

/** The same, without what belonged to the step before. */
export const output = z.extend(admitted, { asked: z.optional(asked), choice });

export type Output = z.output<typeof output>;
