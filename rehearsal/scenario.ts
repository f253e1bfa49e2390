import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { STACK_STATUSES } from './aws/stack-states.ts';
import { alarm } from './scenario/alarms.ts';
import { bill } from './scenario/bill.ts';
import { fault } from './scenario/faults.ts';
import { duration, instant } from './scenario/fields.ts';
import { person } from './scenario/incidents.ts';
import { queue } from './scenario/queues.ts';
import { step } from './scenario/steps.ts';

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
    .describe('how the instance of a workload is at the beginning; without it stopped, that of a service running'),
  addresses: z
    .record(z.string(), z.enum(['elastic', 'public', 'none']))
    .default({})
    .describe('the address of the server of a service: an Elastic IP without it, or one that a stop and start changes'),
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
  queues: z.record(z.string(), queue).default({}).describe('which jobs come to a queue, and how they end'),
  steps: z
    .record(z.string(), z.record(z.string(), step))
    .default({})
    .describe('how the steps of a pipeline go: by its name, and theirs'),
  faults: z.array(fault).default([]),
  bill: bill.describe('what the bill says besides what the instances and environments cost, and how late'),
  person: person.describe('who hears that something is down, and mends it'),
  alarms: z.array(alarm).default([]).describe('alarms of CloudWatch that change their states'),
  people: z
    .array(
      z.strictObject({
        at: instant,
        act: z.enum([
          ...(['pause', 'skip', 'keep', 'start', 'stop', 'resume', 'emergency-stop', 'look', 'acknowledge'] as const),
          ...(['recover', 'approve', 'rerun', 'redrive', 'catch-up'] as const),
        ]),
        workload: z.string().optional(),
        cause: z.string().optional().describe('which incident is acknowledged; all of the workload without it'),
        until: instant.optional(),
        parameters: z.record(z.string(), z.string()).optional(),
        run: z.string().optional().describe('the run of a pipeline that is meant: its date, or its local time'),
        from: z.string().optional().describe('the step that it is run again from'),
        only: z.literal('failed').optional().describe('only what failed is run again'),
        which: z.enum(['latest', 'all']).optional().describe('of what was missed'),
        since: z.string().optional().describe('the first date that something may have been missed on'),
        by: z.string().default('rehearsal').describe('who it is'),
        through: z
          .literal('discord')
          .optional()
          .describe('a command of Discord, or a button on a notice; straight to the function without it'),
        role: z.string().optional().describe('the id of the role in Discord; one that may do it without it'),
        why: z.string().default('as the scenario says'),
      }),
    )
    .default([]),
});

export type Scenario = z.output<typeof scenarioSchema>;
export type Fault = Scenario['faults'][number];

/** How long a job takes when the scenario does not say: the source's 20 to 30 minutes. */
export const USUAL_JOB: [number, number] = [20 * 60_000, 30 * 60_000];

/** How long a step of a pipeline takes when the scenario does not say, and a call over HTTP. */
export const USUAL_STEP: [number, number] = [20_000, 40_000];
export const USUAL_CALL: [number, number] = [300, 3000];

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
