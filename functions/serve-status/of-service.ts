import type { Check, CompiledStage, ServiceWorkload } from '../../shared/stage/compiled.ts';
import type { Why, WhyCode, WorkloadNow } from '../../shared/status/answers.ts';
import { windowsBetween } from '../../shared/time/windows.ts';
import { checksOf, nowOf } from '../show-status/of-checks.ts';
import type { Known } from './known.ts';
import { pageOf } from './page.ts';
import { utc } from './utc.ts';

const UP: Partial<Record<WorkloadNow['now'], boolean>> = { up: true, failing: true, down: false, held: false };
const HELD: Record<string, WhyCode> = { maintenance: 'maintenance', off: 'off-with', paused: 'paused' };
const DAY_MS = 86_400_000;

/** How something that is watched is. @param now milliseconds since the epoch */
export function serviceNow(
  name: string,
  service: ServiceWorkload,
  { calendar, ...stage }: CompiledStage,
  known: Known,
  now: number,
): WorkloadNow {
  const seen = checksOf(name, service, known.watched);
  const { now: how, since = upSince(name, known), why: text } = nowOf(name, service, known.watched, []);
  const code = codeOf(name, how, known);
  const why: Why | undefined = code && { code, ...(text && { text }) };
  const [work] = windowsBetween({ ...service, hours: service.maintenance }, calendar, now, now + DAY_MS);
  const isWorkedOn = work && work.from <= now;
  return {
    ...{ name, kind: 'service', now: how, up: UP[how] ?? null },
    ...(since !== undefined && (how === 'up' || how === 'down') && { since: utc(since) }),
    ...(why && { why }),
    ...(isWorkedOn && how === 'held' && { opensAt: utc(work.to) }),
    ...(work && how === 'up' && !isWorkedOn && { closesAt: utc(work.from) }),
    checks: service.checks.map((check) => {
      const { outcome = 'unknown', ms } = seen[check.name] ?? {};
      // What is only waited for takes no time.
      const took = check.kind === 'heartbeat' ? undefined : ms;
      const called = nameOf(check, pageOf(stage).access === 'public');
      return { name: called, outcome, ...(took !== undefined && { ms: took }) };
    }),
  };
}

function upSince(name: string, { watched }: Known): number | undefined {
  const { upSince: ups = {} } = watched.state;
  return Object.hasOwn(ups, name) ? ups[name] : undefined;
}

function codeOf(name: string, how: WorkloadNow['now'], { watched, isRecovering }: Known): WhyCode | undefined {
  if (how === 'down') return isRecovering(name) ? 'recovering' : 'down';
  if (how === 'held') return HELD[watched.minute?.held[name] ?? ''] ?? 'maintenance';
  if (how === 'unknown') return watched.minute?.isOurs ? 'control' : 'not-looked-at';
  return undefined;
}

/** One without a name of its own is called by its address, which is nobody's business. */
function nameOf(check: Check, isPublic: boolean): string {
  const address = 'url' in check ? new URL(check.url).host : 'host' in check ? check.host : undefined;
  return isPublic && address !== undefined && check.name.includes(address) ? check.kind : check.name;
}
