import { asError, ContraryOrder } from '../../shared/errors.ts';
import { contraryNotice } from '../../shared/notices/contrary.ts';
import type { Act, Order } from '../../shared/state/orders.ts';
import type { Effects } from './acts.ts';
import type { Input } from './contract.ts';

/** A word that may be contrary to another's. */
type Said = Pick<Input, 'workload' | 'by' | 'why'> & { act: Act };

/**
 * Sees to it that of two people who say contrary things in the same moment one alone is obeyed, and that both are told.
 *
 * @throws ContraryOrder when it is the other one
 */
export async function contend({ workload, act, by, why }: Said, effects: Effects): Promise<void> {
  const order = { act, by, why, at: new Date(effects.now()).toISOString() };
  const { isTaken, other } = await effects.takeOrder(workload, order);
  if (!other) return;
  const [won, lost] = isTaken ? [order, other] : [other, order];
  const telling = effects.publish(contraryNotice(workload, won, lost, effects.stage(), effects.now()));
  if (isTaken) return telling;
  // That nobody else could be told is for whoever is answered to know, too.
  const unsaid = await telling.then(
    () => '',
    (error) => `; and it could not be announced: ${asError(error).message}`,
  );
  throw new ContraryOrder(`${lostTo(other, order)}${unsaid}`);
}

/** What somebody is answered whose order was not carried out. */
export function lostTo(won: Order, { act }: Pick<Order, 'act'>): string {
  return `${act} was not done: ${won.by} said ${won.act} in the same moment (${won.why}). Talk to each other, then say it again`;
}
