import { invoke } from '../../shared/aws/functions.ts';
import { registerLimits } from '../../shared/aws/scaling.ts';
import { env } from '../../shared/env.ts';
import type { Limits } from '../../shared/queues/limits.ts';
import type { Found } from '../../shared/queues/trouble.ts';
import type { QueueWorkload } from '../../shared/stage/compiled.ts';
import type { QueueMemory } from '../../shared/state/queues.ts';
import { output } from '../clean-queue/contract.ts';
import type { Look } from './look.ts';
import { inWords } from './read.ts';

export const real = { invoke, registerLimits };

/** What somebody changed by hand is put right after so long. */
const AGAIN_MS = 3_600_000;
/** So often Redis is cleaned while it is full, unless there is more to remove. */
const CLEAN_AGAIN_MS = 10 * 60_000;

interface Acted {
  memory: Partial<QueueMemory>;
  found: Found;
}

/** Registers the limits where they are not those that were registered last. */
export async function register(
  limits: Limits,
  { limits: last }: QueueMemory,
  { workers }: QueueWorkload,
  { service }: Look,
  now: number,
  effects: typeof real,
): Promise<Acted> {
  const isSame =
    last &&
    now - last.at < AGAIN_MS &&
    last.min === limits.min &&
    last.max === limits.max &&
    last.inSuspended === limits.inSuspended &&
    last.outSuspended === limits.outSuspended;
  // Where there is no service, that is what is told.
  if (isSame || !service) return { memory: {}, found: {} };
  try {
    await effects.registerLimits(workers, limits);
    return { memory: { limits: { ...limits, at: now } }, found: { scaling: false } };
  } catch (thrown) {
    return { memory: {}, found: { scaling: inWords(thrown) } };
  }
}

/** Has ended jobs removed from a Redis that is too full. */
export async function clean(
  name: string,
  { cleaned }: QueueMemory,
  { clean: limit }: QueueWorkload,
  { read, source }: Look,
  now: number,
  effects: Pick<typeof real, 'invoke'>,
): Promise<Acted & { removed?: { completed: number; failed: number } }> {
  const percent = 'reading' in read ? read.reading.memoryPercent : undefined;
  const isDue = !cleaned || cleaned.more || now - cleaned.at >= CLEAN_AGAIN_MS;
  if (!limit || !source || percent === undefined || percent <= limit.abovePercent || !isDue)
    return { memory: {}, found: {} };
  try {
    const asked = { name, source, olderThanSeconds: limit.olderThanSeconds };
    const { completed, failed, more } = output.parse(await effects.invoke(env('CLEAN_FUNCTION'), asked));
    return { memory: { cleaned: { at: now, more } }, found: { cleaning: false }, removed: { completed, failed } };
  } catch (thrown) {
    return { memory: { cleaned: { at: now, more: false } }, found: { cleaning: inWords(thrown) } };
  }
}
