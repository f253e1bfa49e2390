import * as z from 'zod';
import { seconds } from '../../shared/stage/duration.ts';

/** What the parts of a scenario are made of. */

export const duration = z
  .string()
  .regex(/^\d+[smh]$/, 'a duration such as 90s, 30m or 2h')
  .transform((text) => seconds(text) * 1000);
export const runs = z
  .array(z.int().min(1))
  .optional()
  .describe(
    'which runs of the workload, counted from 1; all without it. Of an environment starts and stops are counted alike, for stack the creations, updates or deletions',
  );
export const workload = z.string().optional().describe('which workload; all without it');
export const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'a local time such as 2026-11-03T14:30');
export const times = z.int().min(1).optional().describe('how often; always without it');
export const window = { from: instant.optional(), to: instant.optional() };
