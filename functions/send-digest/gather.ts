import { unpriced } from '../../shared/cost/workers.ts';
import type { Attention, Facts, Span } from '../../shared/digest/digest.ts';
import { pictureOf } from '../../shared/digest/month.ts';
import { queueFacts } from '../../shared/digest/queue.ts';
import { serviceFacts } from '../../shared/digest/service.ts';
import { spendFacts } from '../../shared/digest/spend.ts';
import { workloadFacts } from '../../shared/digest/workload.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { getBreaker } from '../../shared/state/breaker.ts';
import { daysBetween, type LedgerDay } from '../../shared/state/ledger.ts';
import { overridesOf } from '../../shared/state/overrides.ts';
import { getQueues, queueDaysBetween } from '../../shared/state/queues.ts';
import { type Run, runsBetween } from '../../shared/state/runs.ts';
import { openThreads } from '../../shared/state/threads.ts';
import { downtimesBetween, hoursBetween } from '../../shared/state/uptime.ts';
import { slotKey } from '../../shared/time/slots.ts';

const real = {
  ...{ runsBetween, daysBetween, getBreaker, overridesOf, openThreads, hoursBetween, downtimesBetween },
  ...{ getQueues, queueDaysBetween },
};

/** The longest that a run can last into the time that is told of. */
const BEFORE_MS = 2 * 24 * 3_600_000;
/** The longest that a downtime can last into it, and be told. */
const DOWN_BEFORE_MS = 31 * 24 * 3_600_000;
/** Of how many runs the usual duration is the median, and among how many they are looked for. */
const USUAL = { of: 20, among: 60 };

/** Everything that a digest of this time tells. */
export async function gather(span: Span, stage: CompiledStage, effects = real): Promise<Facts> {
  const month = span.days.last.slice(0, 7);
  const [days, ofMonth, ...workloads] = await Promise.all([
    effects.daysBetween(span.days.first, span.days.last),
    effects.daysBetween(`${month}-01`, span.days.last),
    ...Object.entries(stage.workloads).map(async ([name, workload]) => {
      const key = (instant: number) => slotKey(instant, workload.timezone);
      const from = key(span.from - BEFORE_MS);
      return {
        ...{ name, workload },
        runs: await effects.runsBetween(name, { from, before: key(span.to) }),
        earlier: await successesBefore(name, key(span.from), effects),
      };
    }),
  ]);
  const spend = spendFacts(days, span, stage);
  const picture = pictureOf(month, ofMonth, stage);
  return {
    span,
    workloads: workloads.map((one) => workloadFacts(one, days, span, stage.timezone)),
    services: await Promise.all(
      Object.entries(stage.services).map(async ([name, { timezone }]) => ofService(name, timezone, span, effects)),
    ),
    queues: await ofQueues(stage, span, days, effects),
    ...(spend && { spend }),
    ...(picture && { picture }),
    attention: await attention(stage, effects),
  };
}

/** The days that are over, and what is counted of the one that is not. */
async function ofQueues({ queues }: CompiledStage, { days }: Span, ledger: LedgerDay[], effects: typeof real) {
  const entries = Object.entries(queues);
  if (entries.length === 0) return [];
  const { queues: known } = await effects.getQueues();
  return Promise.all(
    entries.map(async ([name, queue]) => {
      const over = await effects.queueDaysBetween(name, days.first, days.last);
      const today = Object.hasOwn(known, name) ? known[name]?.today : undefined;
      const isWithin = today && today.day >= days.first && today.day <= days.last;
      const all = isWithin ? [...over.filter(({ day }) => day !== today.day), today] : over;
      return queueFacts(name, queue, all, ledger);
    }),
  );
}

async function ofService(name: string, timezone: string, span: Span, effects: typeof real) {
  const key = (instant: number) => slotKey(instant, timezone);
  const [hours, downtimes, runs] = await Promise.all([
    effects.hoursBetween(name, span.from, span.to),
    effects.downtimesBetween(name, span.from - DOWN_BEFORE_MS, span.to),
    effects.runsBetween(name, { from: key(span.from), before: key(span.to) }),
  ]);
  return serviceFacts({ name, hours, downtimes, runs }, span);
}

async function successesBefore(workload: string, before: string, effects: typeof real): Promise<Run[]> {
  const runs = await effects.runsBetween(workload, { before, limit: USUAL.among });
  return runs.filter(({ status }) => status === 'succeeded').slice(0, USUAL.of);
}

async function attention(
  { workloads, services, queues, prices }: CompiledStage,
  effects: typeof real,
): Promise<Attention> {
  const names = Object.keys(workloads);
  const [threads, breakers, words] = await Promise.all([
    effects.openThreads(),
    Promise.all(
      names.map(async (workload) => ({ workload, failures: (await effects.getBreaker(workload))?.failures })),
    ),
    Promise.all(
      [undefined, ...names, ...Object.keys({ ...services, ...queues })].map(async (workload) =>
        (await effects.overridesOf(workload)).map((word) => ({ ...(workload !== undefined && { workload }), ...word })),
      ),
    ),
  ]);
  return {
    incidents: threads
      .toSorted((a, b) => a.openedAt - b.openedAt)
      .map(({ workload, notice: { title }, severity, openedAt, acknowledged }) => ({
        ...{ workload, title, severity, openedAt },
        ...(acknowledged && { acknowledgedBy: acknowledged.by }),
      })),
    breakers: breakers.flatMap(({ workload, failures = 0 }) =>
      failures >= (workloads[workload]?.breakerFailures ?? Number.POSITIVE_INFINITY) ? [{ workload, failures }] : [],
    ),
    pauses: words
      .flat()
      .filter(({ act }) => act !== 'keep')
      .map(({ workload, by, why, until }) => ({ ...(workload && { workload }), by, why, ...(until && { until }) })),
    unpriced: unpriced({ workloads, queues, prices }),
  };
}
