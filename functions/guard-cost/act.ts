import { startExecution } from '../../shared/aws/executions.ts';
import { dollars } from '../../shared/cost/items.ts';
import { estimateOf } from '../../shared/cost/sums.ts';
import { burnRateNotice, dailyLimitNotice, type Spending, spendUnknownNotice } from '../../shared/notices/budget.ts';
import { publish } from '../../shared/notices/notice.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { closeBudgetGate } from '../../shared/state/budget-gate.ts';
import { type Emergency, newestEmergency, putEmergency } from '../../shared/state/emergency.ts';
import type { LedgerDay } from '../../shared/state/ledger.ts';
import { dayOf, localTime } from '../../shared/time/slots.ts';
import { budgetWordsOf } from '../../shared/words/budget.ts';
import type { Finding } from './judge.ts';

export const real = { publish, closeBudgetGate, newestEmergency, putEmergency, startExecution };

type Effects = typeof real;

/** How long an emergency stop may take before it is made again. */
const PATIENCE_MS = 12 * 60_000;
/** What cannot be seen for so long is said. */
const BLIND_MS = 30 * 60_000;

/**
 * Does what the findings ask for, each by itself: what one cannot do hinders no other.
 *
 * @param now milliseconds since the epoch
 * @returns what was done, by the names that keep it from being done again today, and what could not be
 */
export async function actOnAll(
  findings: Finding[],
  today: LedgerDay,
  stage: CompiledStage,
  now: number,
  effects: Effects,
): Promise<{ done: string[]; failures: unknown[] }> {
  const done: string[] = [];
  const failures: unknown[] = [];
  const attempt = async (act: (day: LedgerDay) => Promise<string | undefined>) => {
    try {
      const name = await act({ ...today, told: [...(today.told ?? []), ...done] });
      if (name) done.push(name);
    } catch (error) {
      failures.push(error);
    }
  };
  for (const finding of findings) await attempt((day) => actOn(finding, day, stage, now, effects));
  await attempt((day) => sayUnknown(day, stage, now, effects));
  return { done, failures };
}

/** Once a day, but for an emergency. @returns its name, undefined when there was nothing to do */
async function actOn(
  finding: Finding,
  today: LedgerDay,
  stage: CompiledStage,
  now: number,
  effects: Effects,
): Promise<string | undefined> {
  if (finding.what === 'emergency') return stopAll(finding, today, stage, now, effects);
  const { what, of, limit, at } = finding;
  const name = of === undefined ? what : `${what} ${of}`;
  if (today.told?.includes(name)) return undefined;
  const spending = spendingOf(finding, today, now);
  if (what === 'daily-limit') {
    const until = dayOf(now, stage.timezone).to;
    const gate = { day: today.day, until: localTime(until, stage.timezone), usd: finding.usd, limit };
    // The gate first: it matters more than that it is said.
    await effects.closeBudgetGate(of, gate);
    await effects.publish(dailyLimitNotice(of, { ...spending, until }, stage));
  } else await effects.publish(burnRateNotice(of, { ...spending, at: at ?? now }, stage));
  return name;
}

/** Says once a day what of the spending is not known. */
async function sayUnknown(
  today: LedgerDay,
  stage: CompiledStage,
  now: number,
  effects: Pick<Effects, 'publish'>,
): Promise<string | undefined> {
  if (today.told?.includes('unknown')) return undefined;
  const lasting = Object.entries(today.workloads).filter(
    ([, { seenAt, unseenSeconds = 0, unknown = [] }]) =>
      unseenSeconds > 0 || (unknown.length > 0 && (Date.parse(seenAt) === now || now - Date.parse(seenAt) > BLIND_MS)),
  );
  const { unknown } = estimateOf({ workloads: Object.fromEntries(lasting) });
  if (unknown.length === 0) return undefined;
  await effects.publish(spendUnknownNotice({ unknown, day: today.day, now }, stage));
  return 'unknown';
}

/** Over the emergency limit, and over it again after a person had let go; or something is still on. */
async function stopAll(
  { limit, usd }: Finding,
  today: LedgerDay,
  stage: CompiledStage,
  now: number,
  effects: Effects,
): Promise<string | undefined> {
  const before = await effects.newestEmergency();
  const isGoingOn = before !== undefined && before.endedBy === undefined;
  const isToday = before?.day === today.day;
  const isSomethingOn = Object.values(today.workloads).some(({ isOn }) => isOn);
  if (isGoingOn && (!isSomethingOn || now - Date.parse(before.at) < PATIENCE_MS)) return undefined;
  if (!isGoingOn && isToday && usd < before.usd + limit) return undefined;
  const times = (isToday ? before.times : 0) + 1;
  const why = budgetWordsOf(stage).emergency(dollars(usd), dollars(limit));
  await effects.startExecution('emergency', `emergency-${today.day}-${times}`, { by: 'guard-cost', why });
  const next: Emergency = { day: today.day, times, usd, at: new Date(now).toISOString() };
  await effects.putEmergency(isGoingOn ? { ...next, usd: before.usd } : next);
  return `emergency ${times}`;
}

function spendingOf({ limit, usd, unknown }: Finding, { day, workloads }: LedgerDay, now: number): Spending {
  const perWorkload = Object.fromEntries(Object.entries(workloads).map(([name, spend]) => [name, spend.usd]));
  return { day, limit, usd, unknown, now, perWorkload };
}
