import { CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import { asError } from '../../shared/errors.ts';
import { billNotice } from '../../shared/notices/budget.ts';
import { publish } from '../../shared/notices/notice.ts';
import type { Budget, CompiledStage } from '../../shared/stage/compiled.ts';
import { type Bill, billsBetween, type LedgerDay, newestDays, putBill } from '../../shared/state/ledger.ts';
import { wallClock } from '../../shared/time/wall-clock.ts';
import { budgetWordsOf } from '../../shared/words/budget.ts';

/** Cost Explorer has one endpoint. */
const costExplorer = new CostExplorerClient({ region: 'us-east-1' });

const DAY_MS = 24 * 3_600_000;
/** So many days fit one page, for which Cost Explorer takes $0.01, and AWS corrects none that are older. */
const DAYS = 35;
/** A bill that is so late is said to be. */
const STALE_DAYS = 3;

/** From this local hour on the bill of the day before is asked for. */
const FROM = '10:00';

/** Whether the stage file wants the bill, and it was not asked for today. @param now milliseconds since the epoch */
export function isBillDue({ told }: LedgerDay, { budget, timezone }: CompiledStage, now: number): boolean {
  return budget.bill !== undefined && !told?.includes('bill') && wallClock(now, timezone).time >= FROM;
}

export const real = { askCostExplorer, billsBetween, newestDays, putBill, publish };

/**
 * Asks for the bill of the days before today and writes it down. That it cannot be had, or is old, is said; the limits go
 * by estimates alone in any case.
 *
 * @param now milliseconds since the epoch
 */
export async function readBill(
  today: Pick<LedgerDay, 'day'>,
  stage: CompiledStage,
  now: number,
  effects = real,
): Promise<void> {
  const asked = stage.budget.bill;
  if (asked === undefined) return;
  const utc = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  const budget = budgetWordsOf(stage);
  const say = (why: string) => effects.publish(billNotice(why, { day: today.day, now }, stage));
  const from = utc(now - DAYS * DAY_MS);
  let bills: Omit<Bill, 'askedAt'>[];
  try {
    bills = await effects.askCostExplorer(asked, from, utc(now));
  } catch (thrown) {
    const { name, message } = asError(thrown);
    console.error(JSON.stringify({ error: name, message }));
    return say(budget.billFailed(name));
  }
  const known = new Map((await effects.billsBetween(from, utc(now))).map((bill) => [bill.utcDay, bill]));
  const askedAt = new Date(now).toISOString();
  for (const bill of bills) if (isNews(bill, known.get(bill.utcDay), now)) await effects.putBill({ ...bill, askedAt });
  const last =
    bills
      .filter(({ usd }) => usd > 0)
      .map(({ utcDay }) => utcDay)
      .sort()
      .at(-1) ?? from;
  const spent = (await effects.newestDays(STALE_DAYS + 4)).flatMap(({ usdByUtcDay }) => Object.entries(usdByUtcDay));
  const isStale = spent.some(([day, usd]) => usd >= 0.01 && day > last && day <= utc(now - STALE_DAYS * DAY_MS));
  if (isStale) await say(budget.billStale(last));
}

/** A figure that changed; and the same one once more when it is settled, which its time says. */
function isNews({ utcDay, usd }: Omit<Bill, 'askedAt'>, known: Bill | undefined, now: number): boolean {
  const settledAt = Date.parse(`${utcDay}T00:00:00Z`) + 3 * DAY_MS;
  return known?.usd !== usd || (Date.parse(known.askedAt) < settledAt && now >= settledAt);
}

/**
 * What Cost Explorer says of days of UTC, without credits and refunds: they hide what is spent.
 *
 * @param from the first day
 * @param to the day after the last one
 * @source https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostAndUsage.html
 */
async function askCostExplorer(
  asked: NonNullable<Budget['bill']>,
  from: string,
  to: string,
): Promise<Omit<Bill, 'askedAt'>[]> {
  const spent = { Not: { Dimensions: { Key: 'RECORD_TYPE' as const, Values: ['Credit', 'Refund'] } } };
  const { ResultsByTime = [] } = await costExplorer.send(
    new GetCostAndUsageCommand({
      TimePeriod: { Start: from, End: to },
      Granularity: 'DAILY',
      Metrics: ['UnblendedCost'],
      Filter:
        asked === 'account' ? spent : { And: [spent, { Tags: { Key: asked.tag.key, Values: [asked.tag.value] } }] },
    }),
  );
  return ResultsByTime.flatMap(({ TimePeriod, Total }) =>
    TimePeriod?.Start ? [{ utcDay: TimePeriod.Start, usd: Number(Total?.['UnblendedCost']?.Amount ?? 0) }] : [],
  );
}
