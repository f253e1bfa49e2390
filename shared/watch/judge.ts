import type { ServiceWorkload } from '../stage/compiled.ts';
import { type Finding, ofCertificate, ofControl, ofUnnamed } from './finding.ts';
import { ancestors, parentsFirst } from './parents.ts';
import { asCounted, isAway, type Look, type Result } from './result.ts';
import { isDown, isSuspect, streakOf, type WatchState, withoutCalm, withoutRows } from './state.ts';
import { advance, CALM, isCalm, release, type Streak } from './streak.ts';

/** After this long without a minute that was judged, failures are no row any more. */
const STALE_MS = 5 * 60_000;
const CONTROL = { openAfter: 3, closeAfter: 2 };

/**
 * Takes in what a minute showed of everything. A service is opened only where the fault is neither ours, nor planned, nor
 * that of something it depends on.
 *
 * @param services what is watched
 * @param looks what was seen of each
 * @param control what was seen of the control probe
 * @param now the minute, in milliseconds since the epoch
 */
export function judge(
  before: WatchState,
  services: Record<string, ServiceWorkload>,
  looks: Record<string, Look>,
  control: Result,
  now: number,
): { state: WatchState; findings: Finding[] } {
  const known = now - (before.at ?? 0) > STALE_MS ? withoutRows(before) : before;
  const own = advance(known.control ?? CALM, control, CONTROL, now);
  const { upSince: _, ...rest } = known;
  const state: WatchState = { ...rest, at: now, control: own.streak, services: {} };
  if (isCalm(own.streak)) delete state.control;
  const findings: Finding[] = own.changes.flatMap((change) => ofControl(change, control));
  for (const name of parentsFirst(services)) {
    const service = services[name];
    const look = looks[name];
    if (!service || !look) continue;
    const parents = ancestors(name, services);
    const around = {
      before: known,
      isOurs: control.outcome !== 'ok',
      isParentDown: parents.some((parent) => isDown(state, parent) || isAway(looks[parent])),
      isParentSuspect: parents.some((parent) => isSuspect(state, parent)),
    };
    const judged = judgeService(name, service, look, around, now);
    state.services[name] = judged.checks;
    findings.push(...judged.findings);
  }
  findings.push(...ofUnnamed(before, services, now));
  const upSince = ups(known, state, findings, Object.keys(services));
  return {
    state: { ...state, services: withoutCalm(state.services), ...(upSince && { upSince }) },
    findings,
  };
}

/** When what is up came up; one that was off by plan did not come up when it went off. */
function ups(before: WatchState, after: WatchState, findings: Finding[], names: string[]): WatchState['upSince'] {
  const known = new Map(Object.entries(before.upSince ?? {}));
  for (const finding of findings)
    if (finding.what === 'closed' && finding.service !== undefined && !finding.because)
      known.set(finding.service, Math.max(finding.to, known.get(finding.service) ?? 0));
  const up = [...known].filter(([name]) => names.includes(name) && !isDown(after, name));
  return up.length > 0 ? Object.fromEntries(up) : undefined;
}

interface Around {
  before: WatchState;
  /** The control probe does not answer. */
  isOurs: boolean;
  /** Something that it depends on is down, or away as people wanted it. */
  isParentDown: boolean;
  isParentSuspect: boolean;
}

function judgeService(
  name: string,
  service: ServiceWorkload,
  look: Look,
  { before, isOurs, isParentDown, isParentSuspect }: Around,
  now: number,
): { checks: Record<string, Streak>; findings: Finding[] } {
  const { openAfter, closeAfter } = service;
  const results = asCounted(look.results, isOurs);
  const limits = {
    ...{ openAfter, closeAfter },
    isHeld: look.held !== undefined || isParentDown,
    mayOpen: !isParentSuspect,
  };
  const findings: Finding[] = [];
  const checks = service.checks.map((check): [string, Streak] => {
    const known = streakOf(before, name, check.name);
    const result = results[check.name] ?? { outcome: 'unknown', problem: 'not asked' };
    const isOff = look.held === 'off';
    // While the fault is ours, or it is off by plan, that nobody knows how it is surprises nobody.
    const isExcused = result.outcome === 'unknown' && (isOurs || look.held !== undefined);
    const { streak, changes } = isOff
      ? release(known, now)
      : isExcused
        ? { streak: known, changes: [] }
        : advance(known, result, limits, now);
    findings.push(
      ...changes.map((change) => ({
        service: name,
        check: check.name,
        ...(isOff && { because: 'off' as const }),
        ...change,
      })),
    );
    const certificate = ofCertificate(name, check, look.results[check.name], streak, now);
    findings.push(...certificate.findings);
    return [check.name, certificate.streak];
  });
  return { checks: Object.fromEntries(checks), findings };
}
