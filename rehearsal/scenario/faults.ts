import * as z from 'zod';
import { duration, instant, runs, times, window, workload } from './fields.ts';
import { incident } from './incidents.ts';
import { queueFaults } from './queues.ts';
import { stepFault } from './steps.ts';

const unwell = z.union([z.int(), z.enum(['hangs', 'refuses', 'hangs-up'])]);

/** What goes wrong. */
export const fault = z.union([
  z.strictObject({ job: z.enum(['hangs', 'fails']), exitCode: z.int().default(1), workload, runs }),
  z.strictObject({ delivery: z.enum(['twice', 'late', 'lost']), by: duration.default(20 * 60_000), workload, runs }),
  z.strictObject({ abort: z.string().describe('the state after which the execution is aborted'), workload, runs }),
  z.strictObject({
    instance: z.enum(['terminated', 'stopped', 'started']).describe('what somebody does to the instance'),
    as: z.string().optional().describe('with started: the type that it is changed to first, such as p5.48xlarge'),
    after: duration.describe('how long after the job began, or, with at, unused').default(5 * 60_000),
    at: instant.optional(),
    workload,
    runs,
  }),
  z.strictObject({
    call: z.string().describe('such as ec2.StartInstances'),
    of: z.string().optional().describe('only where the request names this, such as an instance'),
    error: z.string(),
    times,
    ...window,
  }),
  z.strictObject({ agent: z.literal('offline'), workload, ...window }),
  z.strictObject({
    webhook: z.union([z.int(), z.literal('hangs')]).describe('the status that webhooks answer with'),
    retryAfter: z.int().min(0).optional().describe('the seconds to wait that they answer with'),
    channel: z.string().optional().describe('which channel; all without it'),
    times,
    ...window,
  }),
  z.strictObject({
    events: z.enum(['lost', 'twice', 'late']).describe('what EventBridge does, which gives no order'),
    times,
    ...window,
  }),
  z.strictObject({
    messages: z.enum(['twice', 'out-of-order']).describe('what queues do: a standard queue gives no order'),
    times,
    ...window,
  }),
  z.strictObject({
    posts: z.literal('deleted').describe('somebody deletes what was posted to a webhook of Discord'),
    at: instant,
    channel: z.string().optional().describe('which channel; all without it'),
  }),
  z.strictObject({ function: z.string(), crashes: z.int().min(1) }),
  z.strictObject({
    stack: z.enum(['create', 'update', 'delete']).describe('what of an environment fails'),
    fails: z.string().describe('the resource that it fails at, by logical ids: DatabaseStack/Cluster'),
    reason: z.string().default('Internal Failure').describe('what its service says'),
    workload,
    runs,
    times,
  }),
  z.strictObject({ deployment: duration.describe('how long somebody updates the stack'), at: instant, workload }),
  z.strictObject({ health: z.union([z.int(), z.literal('hangs')]), workload, times, ...window }),
  z.strictObject({
    service: unwell.describe('how what is watched answers: a status, or hangs, refuses, hangs-up'),
    check: z.string().optional().describe('which check of the service, by its name; all without it'),
    workload,
    times,
    ...window,
  }),
  z.strictObject({ control: unwell.describe('how the control probe answers'), times, ...window }),
  z.strictObject({ network: z.literal('fails').describe('our own: nothing can be reached'), ...window }),
  incident,
  stepFault,
  ...queueFaults,
]);
