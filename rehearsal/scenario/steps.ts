import * as z from 'zod';
import { duration, runs, window, workload } from './fields.ts';

const name = z.string().regex(/^[A-Za-z][\w.-]{0,63}$/, 'the name of a number, such as collected');

/** How a step of a pipeline goes when nothing befalls it. */
export const step = z.strictObject({
  takes: z.tuple([duration, duration]).optional().describe('how long it takes, shortest and longest'),
  numbers: z
    .record(name, z.union([z.number(), z.tuple([z.int(), z.int()])]))
    .default({})
    .describe('what it counts: a number, or the lowest and the highest; without it, what the stage file expects'),
});

/** What befalls a step. */
export const stepFault = z.strictObject({
  step: z.string().describe('which step of a pipeline'),
  ends: z.enum(['fails', 'hangs']).optional().describe('how it ends; well without it'),
  exitCode: z.int().default(1).describe('what its command ends with when it fails'),
  takes: duration.optional().describe('how long it takes then'),
  numbers: z.record(name, z.number()).optional().describe('what it counts then'),
  tries: z.int().min(1).optional().describe('only the first so many tries of a run; every try without it'),
  ...{ workload, runs, ...window },
});

export type StepFault = z.output<typeof stepFault>;
