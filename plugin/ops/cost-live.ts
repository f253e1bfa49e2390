import { cents } from '../../shared/cost/items.ts';
import { median } from '../../shared/cost/median.ts';
import type { RunLength } from '../../shared/cost/savings.ts';
import { observedUntil, spendOf } from '../../shared/cost/spend.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import type { LedgerDay } from '../../shared/state/ledger.ts';
import type { Run } from '../../shared/state/runs.ts';
import { invokeDeployed, type Reply } from '../deployed.ts';
import type { Serverless } from '../framework.ts';

/** What the ledger of the deployed stage says of a month. Money is US dollars, to the cent. */
export interface LiveCost {
  /** What was spent so far, estimated, and up to when. */
  estimate?: { usd: number; asOf: string; unknown: string[] };
  /** The days that the bill knows of, and both sums of them. */
  billed: { day: string; estimate: number; bill: number; ratio?: number }[];
  bill?: { estimate: number; usd: number; ratio?: number };
}

export interface Live {
  spend: LiveCost;
  /** What runs of batches have taken. */
  lengths: Record<string, RunLength>;
}

/** A deployed function that should say what was spent did not. */
export class CostUnknown extends Error {
  override name = 'CostUnknown';

  constructor(functionName: string, cause: unknown) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
    super(
      `--live: ${functionName} could not be asked: ${reason}. Is the stage deployed, and are these the credentials of its account?`,
      { cause },
    );
    // The framework prints the stack of errors that it does not know.
    this.stack = this.message;
  }
}

/** How many of the newest runs their median is of. */
const RUNS = 20;

/**
 * Asks the deployed stage what was spent in a month, and how long its runs have taken.
 *
 * @throws CostUnknown
 */
export async function liveCost(
  serverless: Serverless,
  { stage, workloads }: CompiledStage,
  month: string,
  invoke: (serverless: Serverless, functionName: string, event: object) => Promise<Reply> = invokeDeployed,
): Promise<Live> {
  const ask = async <T>(name: string, event: object): Promise<T> => {
    const functionName = `lamplighter-${stage}-${name}`;
    try {
      const { FunctionError, Payload } = await invoke(serverless, functionName, event);
      const answer = JSON.parse(new TextDecoder().decode(Payload) || '{}') as T & { errorMessage?: string };
      if (FunctionError) throw new Error(answer.errorMessage ?? FunctionError);
      return answer;
    } catch (error) {
      throw new CostUnknown(functionName, error);
    }
  };
  const { days } = await ask<{ days: LedgerDay[] }>('listSpend', { from: `${month}-01`, to: `${month}-31` });
  const batches = Object.entries(workloads).filter(([, { kind }]) => kind === 'batch');
  const lengths = await Promise.all(
    batches.map(async ([workload]) => {
      const { runs } = await ask<{ runs: Run[] }>('listRuns', { workload, limit: 100 });
      return { workload, length: lengthOf(runs) };
    }),
  );
  return {
    spend: spendOfMonth(days),
    lengths: Object.fromEntries(lengths.flatMap(({ workload, length }) => (length ? [[workload, length]] : []))),
  };
}

/** How long an instance is on for a run, by the newest of those that had one on. */
export function lengthOf(runs: readonly Run[]): RunLength | undefined {
  const hours = runs.flatMap(({ instanceHours }) => instanceHours || []).slice(0, RUNS);
  const middle = median(hours);
  return middle === undefined ? undefined : { hours: middle, by: 'runs', of: hours.length };
}

/** What the ledger says of the days of a month, in any order. */
export function spendOfMonth(days: readonly LedgerDay[]): LiveCost {
  const { usd, unknown } = spendOf(days);
  const asOf = observedUntil(days);
  const billed = days
    .flatMap((day) => (day.bill ? [{ day: day.day, estimate: spendOf([day]).usd, bill: day.bill.usd }] : []))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const sums = billed.reduce(
    (sum, { estimate, bill }) => ({ estimate: sum.estimate + estimate, usd: sum.usd + bill }),
    { estimate: 0, usd: 0 },
  );
  return {
    ...(asOf !== undefined && { estimate: { usd: cents(usd), asOf, unknown } }),
    billed: billed.map(({ day, estimate, bill }) => ({
      ...{ day, estimate: cents(estimate), bill: cents(bill) },
      ...ratio(estimate, bill),
    })),
    ...(billed.length > 0 && {
      bill: { estimate: cents(sums.estimate), usd: cents(sums.usd), ...ratio(sums.estimate, sums.usd) },
    }),
  };
}

/** Estimate ÷ bill; a bill that credits have made nothing has no ratio. */
function ratio(estimate: number, bill: number): { ratio?: number } {
  return bill > 0 ? { ratio: Math.round((estimate / bill) * 100) / 100 } : {};
}
