import * as z from 'zod';
import { duration } from './fields.ts';

/** What a bill has that an estimate has not. */
export const bill = z
  .strictObject({
    late: duration.default(20 * 3_600_000).describe('how long after its end a day is in the bill'),
    other: z
      .number()
      .min(0)
      .default(0)
      .describe('US dollars a day of what the stage does not name: data transfer, tax'),
    discount: z.number().min(0).max(1).default(0).describe('what is taken off the list price, as a part of 1'),
    credit: z.number().min(0).default(0).describe('US dollars a day of credits'),
  })
  .prefault({});
