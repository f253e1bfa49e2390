import * as z from 'zod';
import { duration, expects } from './fields.ts';

/** What workloads of every kind have. */

const manyFailures = expects('a whole number of failures such as 5', 'write 1 or more, without quotes');

export const startWithin = duration
  .default('1h')
  .describe(
    'How late after its time a run may still start, such as 30m or 1h; later than that it is skipped, with a reason.',
  );

export const breaker = z
  .strictObject({
    failures: z.int(manyFailures).min(1, manyFailures).describe('After how many failures in a row nothing starts.'),
  })
  .default({ failures: 5 })
  .describe('Opens after failures in a row: nothing starts until a person resumes it.');
