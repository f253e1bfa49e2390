import type { Facts } from '../state/facts.ts';

/** Why no worker may be started. */
export type Held = 'emergency' | 'paused' | 'over-budget';

/**
 * What people and the budget say of a queue now.
 *
 * @param ofStage what is kept of the whole stage
 * @param ofQueue what is kept of the queue
 */
export function gatesOf(ofStage: Facts, ofQueue: Facts): { held?: Held; isKept: boolean } {
  const words = [...ofStage.words, ...ofQueue.words];
  if (words.some(({ emergency }) => emergency)) return { held: 'emergency', isKept: false };
  const isKept = words.some(({ act }) => act === 'keep');
  if (words.some(({ act }) => act !== 'keep')) return { held: 'paused', isKept };
  if (ofStage.budget || ofQueue.budget) return { held: 'over-budget', isKept };
  return { isKept };
}
