import * as z from 'zod/mini';

export { type Kept as Output, kept as output } from '../../shared/channels/delivered.ts';

/** A batch of the queue that everything comes through; SNS delivers raw. */
export const input = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

export type Input = z.output<typeof input>;

/** That a thread is to be looked at again; `at` as it was planned, in milliseconds since the epoch. */
const follow = z.object({ follow: z.object({ workload: z.string(), thread: z.string(), at: z.number() }) });

/** A sign of life, to be passed on. */
const heartbeat = z.object({ heartbeat: z.string() });

/** What comes through the queue beside notices. */
export const errand = z.union([follow, heartbeat]);

export type Follow = z.output<typeof follow>['follow'];
