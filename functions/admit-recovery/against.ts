import { forbidden, real as forbids } from '../../shared/recovery/forbidden.ts';
import { because } from '../../shared/recovery/reasons.ts';
import { PATIENCE_SECONDS, type Recoverable } from '../../shared/recovery/rungs.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { getWatch } from '../../shared/state/health.ts';
import { takeLease } from '../../shared/state/lease.ts';
import { type Run, runsBetween } from '../../shared/state/runs.ts';
import { localTime, slotKey } from '../../shared/time/slots.ts';
import { isFlapping } from '../../shared/watch/streak.ts';
import type { RecoveryPlan } from './contract.ts';

export const real = { ...forbids, getWatch, runsBetween, takeLease, now: Date.now };

/** Why a recovery may not go on: for good, or only now. */
export interface Against {
  decision: 'skip' | 'wait';
  reason: string;
  waitSeconds?: number;
}

const DAY_MS = 24 * 3_600_000;
const LEASE_POLL_SECONDS = 30;

/** What is against recovering a service: law 7, its cap, its cooldown, that it flaps, another recovery. */
export async function against(
  run: RecoveryPlan,
  service: Recoverable,
  stage: CompiledStage,
  effects: typeof real,
): Promise<Against | undefined> {
  const now = effects.now();
  const byPerson = isByPerson(run);
  const law = await forbidden(run.workload, service, { stage, byPerson, now }, effects);
  if (law) return { decision: 'skip', reason: law };
  const done = await recoveries(run, service, now, effects);
  const today = slotKey(now, service.timezone).slice(0, 10);
  const count = done.filter(({ key }) => key.startsWith(today)).length;
  if (count >= service.recover.perDay) return { decision: 'skip', reason: because('dayCap', count) };
  if (!byPerson && (await flaps(run.workload, now, effects))) return { decision: 'skip', reason: because('flapping') };
  const cooling = byPerson ? undefined : coolingDown(run, service, done, now);
  return cooling ?? (await againstLease(run, now, effects));
}

export function isByPerson({ by }: Pick<RecoveryPlan, 'by'>): boolean {
  return by !== 'checks' && by !== 'alarm';
}

/** The recoveries of the last day in which something was done, newest first. */
async function recoveries(
  { workload, key }: RecoveryPlan,
  { timezone }: Recoverable,
  now: number,
  { runsBetween }: typeof real,
): Promise<Run[]> {
  const from = slotKey(now - DAY_MS, timezone);
  const runs = await runsBetween(workload, { from, before: `${slotKey(now, timezone)}~` });
  return runs.filter((run) => run.key !== key && (run.steps?.length ?? 0) > 0);
}

async function flaps(name: string, now: number, { getWatch }: typeof real): Promise<boolean> {
  const { services } = await getWatch();
  return Object.values(services[name] ?? {}).some((streak) => isFlapping(streak, now));
}

/** An alarm tells of now, and comes again; what the checks have found down stays so, and waits. */
function coolingDown(run: RecoveryPlan, service: Recoverable, [last]: Run[], now: number): Against | undefined {
  const { cooldownSeconds } = service.recover;
  const over = last?.endedAt ? Date.parse(last.endedAt) + cooldownSeconds * 1000 : 0;
  if (over <= now) return undefined;
  const reason = because('coolingDown', localTime(last?.endedAt ?? now, service.timezone).slice(11, 16));
  // One that ended while this one waited was of the same opening.
  const isOfThis = (last?.endedAt ?? '') > run.admittedAt;
  if (run.by === 'alarm' || isOfThis) return { decision: 'skip', reason };
  return { decision: 'wait', reason, waitSeconds: Math.ceil((over - now) / 1000) };
}

/**
 * Another service on the same machine is waited for. The same one is recovered already; but what an alarm has begun may
 * find nothing, and so an opening waits for it, too.
 */
async function againstLease(run: RecoveryPlan, now: number, effects: typeof real): Promise<Against | undefined> {
  const { workload, key } = run.lease;
  const holder = await effects.takeLease({ workload, key, deadlineAt: run.deadlineAt }, now);
  if (!holder) return undefined;
  const isOpening = new RegExp(`^${run.workload} [\\dT:-]{16}$`).test(holder);
  if (run.by === 'alarm' || isOpening) return { decision: 'skip', reason: because('busy', holder) };
  const hasTime = now < Date.parse(run.admittedAt) + PATIENCE_SECONDS * 1000;
  const isOwn = holder.startsWith(`${run.workload} `);
  const reason = because(isOwn ? 'busy' : 'underWay', holder);
  return hasTime ? { decision: 'wait', reason, waitSeconds: LEASE_POLL_SECONDS } : { decision: 'skip', reason };
}
