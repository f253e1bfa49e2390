import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type NativeAttributeValue, unmarshall } from '@aws-sdk/util-dynamodb';
import { estimateOverBill } from '../shared/cost/sums.ts';
import type { Bill, LedgerDay } from '../shared/state/ledger.ts';
import { round } from './cost.ts';
import type { Journal } from './journal.ts';
import type { Report } from './report.ts';

/** What the guard of the spending wrote down, as it stood at the end. */
export function ledgerOf(journal: Journal): Report['ledger'] {
  const items = new Map<string, NativeAttributeValue>();
  for (const { service, operation, input, error } of journal.of('call')) {
    if (service !== 'dynamodb' || operation !== 'PutItem' || error) continue;
    const { Item } = input as { Item: Record<string, AttributeValue> };
    if (Item['pk']?.S === 'ledger') items.set(Item['sk']?.S ?? '', unmarshall(Item));
  }
  const of = <T>(what: string) => [...items].flatMap(([key, item]) => (key.startsWith(`${what}#`) ? [item as T] : []));
  const [days, bills] = [of<LedgerDay>('day'), of<Bill>('bill')];
  const sums = new Map<string, number>();
  for (const { usdByUtcDay } of days)
    for (const [day, usd] of Object.entries(usdByUtcDay)) sums.set(day, (sums.get(day) ?? 0) + usd);
  return [...sums].sort().map(([day, usd]) => {
    const bill = bills.find(({ utcDay, usd: billed }) => utcDay === day && billed > 0);
    const ratio = bill && estimateOverBill(bill, days);
    return {
      ...{ day, usd: round(usd, 4) },
      ...(bill && { bill: round(bill.usd, 4) }),
      ...(ratio !== undefined && { ratio: round(ratio, 4) }),
    };
  });
}
