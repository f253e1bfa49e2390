import type { MonthPicture } from '../notices/notice.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import type { LedgerDay } from '../state/ledger.ts';

/** The numbers of a month's picture, by what the ledger knows of it; undefined where it knows no day. */
export function pictureOf(
  month: string,
  days: readonly LedgerDay[],
  { budget }: Pick<CompiledStage, 'budget'>,
): MonthPicture | undefined {
  if (days.length === 0) return undefined;
  const of = ({ workloads }: LedgerDay) =>
    Object.entries(workloads).map(([name, { onSeconds, usd }]) => [
      name,
      { hours: rounded(onSeconds / 3600), usd: rounded(usd) },
    ]);
  return {
    month,
    ...(budget.daily !== undefined && { limit: budget.daily }),
    days: days
      .toSorted((a, b) => (a.day < b.day ? -1 : 1))
      .map((day) => ({ day: day.day, workloads: Object.fromEntries(of(day)) })),
  };
}

/** No more digits than a picture can show. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
