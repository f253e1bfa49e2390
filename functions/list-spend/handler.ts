import { daysBetween, type LedgerDay } from '../../shared/state/ledger.ts';
import { wrap } from '../../shared/wrap.ts';
import { type Input, input } from './contract.ts';

/** What was spent on each day, newest first, as the ledger keeps it: estimates, and what the bill says of them. */
export async function listSpend({ from, to }: Input, effects = { daysBetween }): Promise<{ days: LedgerDay[] }> {
  return { days: await effects.daysBetween(from, to) };
}

export const handler = wrap(input, listSpend);
