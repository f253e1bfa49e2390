import * as z from 'zod/mini';

/** A look at a stack: `start` and `stop` ask what is to be done, the others whether it is done. */
export const input = z.object({
  want: z.enum(['start', 'stop', 'created', 'updated', 'deleted']),
  /** Its name, or its id where it is known: a name can mean another stack tomorrow. */
  stack: z.string(),
  /** When asking again has no sense any more; ISO 8601. */
  until: z.string(),
  /** Whether one that is up is to be updated to newer images. */
  refresh: z._default(z.boolean(), false),
});

export type Input = z.output<typeof input>;

export const output = z.object({
  todo: z.enum(['create', 'recreate', 'refresh', 'delete', 'nothing']),
  /** CloudFormation's word; `absent` when there is none. */
  status: z.string(),
  id: z.optional(z.string()),
  at: z.string(),
});

export type Output = z.output<typeof output>;
