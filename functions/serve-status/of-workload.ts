import type { CompiledStage, Workload } from '../../shared/stage/compiled.ts';
import type { Run } from '../../shared/state/runs.ts';
import type { Why, WorkloadNow } from '../../shared/status/answers.ts';
import { isWithinHours } from '../../shared/time/planned.ts';
import { dayOf, dayOff } from '../../shared/time/slots.ts';
import { windowsBetween } from '../../shared/time/windows.ts';
import { nextOf } from '../show-status/next.ts';
import { whyHeld, whyKept } from './code.ts';
import type { Known } from './known.ts';
import type { Seen } from './look.ts';
import { isFailure, isVain, runAnswer } from './run.ts';
import { utc } from './utc.ts';

const UP: Partial<Record<WorkloadNow['now'], boolean>> = {
  ...{ on: true, off: false, starting: false, stopping: false, broken: false, missing: false },
};
const DAY_MS = 86_400_000;

/** How a batch, an environment or a pipeline is. @param now milliseconds since the epoch */
export function workloadNow(
  name: string,
  workload: Workload,
  stage: CompiledStage,
  known: Known,
  looked: Seen | undefined,
  now: number,
): WorkloadNow {
  const run = known.run(name);
  const seen = looked ?? asRecorded(run);
  const since = sinceOf(workload, seen, run);
  const held = whyHeld(known.ofStage, known.facts(name), workload.breakerFailures, name);
  const why = whyOf(workload, stage, { seen, run, held, kept: whyKept(known.ofStage, known.facts(name)) }, now);
  const { opensAt, closesAt } = next(name, workload, stage, known, { seen, run }, now);
  return {
    ...{ name, kind: workload.kind, now: seen.now, up: UP[seen.now] ?? null },
    ...(since !== undefined && { since: utc(since) }),
    ...(why && { why }),
    ...(opensAt && held?.code !== 'breaker' && seen.now !== 'missing' && { opensAt }),
    ...(closesAt && { closesAt }),
    ...(workload.kind === 'environment' && { ahead: ahead(workload, stage, now) }),
    ...(run && { run: runAnswer(run, stage) }),
  };
}

/** A pipeline has nothing of its own to look at: it is on while it runs. */
function asRecorded(run: Run | undefined): Seen {
  const isOn = run?.status === 'running';
  const since = isOn ? (run.startedAt ?? run.admittedAt) : run?.endedAt;
  return { now: isOn ? 'on' : 'off', since: since === undefined ? undefined : Date.parse(since) };
}

/** A stack is up from the end of its start on, and of one that is gone only its stop knows when it went. */
function sinceOf({ kind }: Workload, { now, since }: Seen, run: Run | undefined): number | undefined {
  if (kind !== 'environment') return since;
  const { act, status, startedAt, endedAt } = run ?? {};
  const ended = status === 'succeeded' && endedAt !== undefined ? Date.parse(endedAt) : undefined;
  if (now === 'on') return act === 'start' && ended !== undefined && ended >= (since ?? 0) ? ended : since;
  if (now === 'off') return run && act === 'stop' && !isVain(run) ? ended : undefined;
  if (now === 'stopping') return act === 'stop' && startedAt ? Date.parse(startedAt) : undefined;
  return now === 'starting' ? since : undefined;
}

interface Reasons {
  seen: Seen;
  run: Run | undefined;
  held: Why | undefined;
  kept: Why | undefined;
}

function whyOf(
  workload: Workload,
  { calendar }: CompiledStage,
  { seen, run, held, kept }: Reasons,
  now: number,
): Why | undefined {
  if (seen.now === 'on') return kept ?? held;
  if (seen.now === 'unknown') return { code: 'not-asked', ...(seen.problem && { text: seen.problem }) };
  if (seen.now !== 'off') return { code: seen.now };
  if (held) return held;
  const last = run && isFailure(run) && run.act !== 'stop' ? runAnswer(run, { workloads: {} }).why : undefined;
  if (workload.kind === 'environment' && isWithinHours(workload, calendar, now)) {
    const isStopped = run?.act === 'stop' && run.status === 'succeeded';
    return last ? { ...last, code: 'failed' } : isStopped ? { code: 'stopped' } : undefined;
  }
  const blocks = workload.kind === 'environment' ? workload.hours : [workload];
  const { date } = dayOf(now, workload.timezone);
  const isHoliday = calendar.closed[date] !== undefined && blocks.every(({ days }) => dayOff(date, days, calendar));
  if (isHoliday || (workload.kind === 'pipeline' && workload.closed[date] !== undefined)) return { code: 'closed' };
  return { code: workload.kind === 'environment' ? 'hours' : 'between-runs' };
}

function next(
  name: string,
  workload: Workload,
  stage: CompiledStage,
  { ofStage, facts }: Known,
  { seen, run }: Pick<Reasons, 'seen' | 'run'>,
  now: number,
): Pick<WorkloadNow, 'opensAt' | 'closesAt'> {
  const words = { '': ofStage.words, [name]: facts(name).words };
  // Nothing starts before the gate of the budget opens.
  const gates = [ofStage.budget, facts(name).budget].flatMap((gate) => (gate ? [Date.parse(gate.until)] : []));
  const { start } = nextOf(name, stage, words, seen, Math.max(now, ...gates));
  const isOn = seen.now === 'on' || seen.now === 'starting' || seen.now === 'changing';
  const deadlineAt = run?.status === 'running' ? run.deadlineAt : undefined;
  const stop = workload.kind === 'environment' ? nextOf(name, stage, words, seen, now).stop : deadlineAt;
  return {
    ...(start && !isOn && { opensAt: utc(start) }),
    ...(stop && isOn && { closesAt: utc(stop) }),
  };
}

/** When it is planned to be up today and tomorrow. */
function ahead(
  workload: Extract<Workload, { kind: 'environment' }>,
  { calendar }: CompiledStage,
  now: number,
): NonNullable<WorkloadNow['ahead']> {
  const today = dayOf(now, workload.timezone);
  const { to } = dayOf(today.to + DAY_MS / 2, workload.timezone);
  return windowsBetween(workload, calendar, today.from, to).map((window) => ({
    ...{ from: utc(window.from), to: utc(window.to) },
  }));
}
