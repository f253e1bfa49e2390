import { type Bill, billsBetween, daysBetween, type LedgerDay } from '../../shared/state/ledger.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input } from './contract.ts';

/** What was spent on each day, newest first, as the ledger keeps it: estimates, and what the bill says of them. */
export async function listSpend(
  { from, to }: Input,
  effects = { daysBetween, billsBetween },
): Promise<{ days: LedgerDay[]; bills: Bill[] }> {
  const [days, bills] = await Promise.all([effects.daysBetween(from, to), effects.billsBetween(from, to)]);
  return { days, bills };
}

export const handler = wrap(input, listSpend);
