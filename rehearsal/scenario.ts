import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { seconds } from '../shared/stage/duration.ts';
import { STACK_STATUSES } from './aws/stack-states.ts';

const duration = z
  .string()
  .regex(/^\d+[smh]$/, 'a duration such as 90s, 30m or 2h')
  .transform((text) => seconds(text) * 1000);
const runs = z
  .array(z.int().min(1))
  .optional()
  .describe(
    'which runs of the workload, counted from 1; all without it. Of an environment starts and stops are counted alike, for stack the creations, updates or deletions',
  );
const workload = z.string().optional().describe('which workload; all without it');
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'a local time such as 2026-11-03T14:30');
const times = z.int().min(1).optional().describe('how often; always without it');
const window = { from: instant.optional(), to: instant.optional() };

const fault = z.union([
  z.strictObject({ job: z.enum(['hangs', 'fails']), exitCode: z.int().default(1), workload, runs }),
  z.strictObject({ delivery: z.enum(['twice', 'late', 'lost']), by: duration.default(20 * 60_000), workload, runs }),
  z.strictObject({ abort: z.string().describe('the state after which the execution is aborted'), workload, runs }),
  z.strictObject({
    instance: z.enum(['terminated', 'stopped', 'started']).describe('what somebody does to the instance'),
    after: duration.describe('how long after the job began, or, with at, unused').default(5 * 60_000),
    at: instant.optional(),
    workload,
    runs,
  }),
  z.strictObject({ call: z.string().describe('such as ec2.StartInstances'), error: z.string(), times, ...window }),
  z.strictObject({ agent: z.literal('offline'), workload, ...window }),
  z.strictObject({
    webhook: z.union([z.int(), z.literal('hangs')]).describe('the status that webhooks answer with'),
    retryAfter: z.int().min(0).optional().describe('the seconds to wait that they answer with'),
    channel: z.string().optional().describe('which channel; all without it'),
    times,
    ...window,
  }),
  z.strictObject({ events: z.literal('lost'), ...window }),
  z.strictObject({
    messages: z.enum(['twice', 'out-of-order']).describe('what queues do: a standard queue gives no order'),
    times,
    ...window,
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
]);

const takes = z.tuple([duration, duration]).optional();
const stack = z.strictObject({
  state: z
    .enum([...STACK_STATUSES, 'absent'])
    .default('absent')
    .describe('the state that it is in at the beginning'),
  lasts: duration.optional().describe('how long it stays in it, where it is one that ends by itself'),
  create: takes,
  update: takes,
  delete: takes,
});

export const scenarioSchema = z.strictObject({
  says: z.string().default('Nothing goes wrong.'),
  days: z.int().min(1).optional(),
  from: z.string().optional(),
  jobs: z
    .record(z.string(), z.strictObject({ takes: z.tuple([duration, duration]) }))
    .default({})
    .describe('how long the jobs of a workload take, shortest and longest'),
  instances: z
    .record(z.string(), z.enum(['stopped', 'running', 'missing', 'shutdown-terminates']))
    .default({})
    .describe('how the instance of a workload is at the beginning; stopped without it'),
  stacks: z
    .record(z.string(), stack)
    .default({})
    .describe('the stack of an environment, by its workload: as it is at the beginning, and how long its changes take'),
  images: z
    .record(
      z.string(),
      z.union([
        z.enum(['empty', 'missing']),
        z.array(z.strictObject({ tags: z.array(z.string()).default([]), pushed: instant })),
      ]),
    )
    .default({})
    .describe('the images in a repository; 1,200 without it'),
  faults: z.array(fault).default([]),
  people: z
    .array(
      z.strictObject({
        at: instant,
        act: z.enum(['pause', 'skip', 'keep', 'start', 'stop', 'resume', 'look']),
        workload: z.string().optional(),
        until: instant.optional(),
        parameters: z.record(z.string(), z.string()).optional(),
        why: z.string().default('as the scenario says'),
      }),
    )
    .default([]),
});

export type Scenario = z.output<typeof scenarioSchema>;
export type Fault = Scenario['faults'][number];

/** How long a job takes when the scenario does not say: the source's 20 to 30 minutes. */
export const USUAL_JOB: [number, number] = [20 * 60_000, 30 * 60_000];

/** How long CloudFormation takes when the scenario does not say: an environment with a database. */
export const USUAL_STACK: Record<'create' | 'update' | 'delete', [number, number]> = {
  create: [8 * 60_000, 14 * 60_000],
  update: [3 * 60_000, 6 * 60_000],
  delete: [6 * 60_000, 12 * 60_000],
};

/** A scenario file that cannot be used; the message says where and what is expected. */
export class ScenarioInvalid extends Error {
  override name = 'ScenarioInvalid';
}

/**
 * Reads a scenario.
 *
 * @throws ScenarioInvalid
 */
export function readScenario(file: string): Scenario {
  try {
    return parseScenario(parse(readFileSync(file, 'utf8')), file);
  } catch (error) {
    if (error instanceof ScenarioInvalid) throw error;
    throw new ScenarioInvalid(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The same for a scenario that is already an object, such as those of the tests. */
export function parseScenario(value: unknown, name = 'scenario'): Scenario {
  const result = scenarioSchema.safeParse(value ?? {});
  if (result.success) return result.data;
  throw new ScenarioInvalid(`${name} cannot be used:\n${z.prettifyError(result.error)}`);
}
