import type { Check, ServiceWorkload } from '../stage/compiled.ts';
import { judgeCertificate } from './certificate.ts';
import type { Result } from './result.ts';
import type { WatchState } from './state.ts';
import type { Change, Streak } from './streak.ts';

/** What people and the records are told of a minute. */
export type Finding =
  | ({ service: string; check: string; because?: 'off' | 'unnamed' } & Change)
  | { service: string; check: string; what: 'ending'; days: number; endsAt: number }
  | { service: string; check: string; what: 'renewed' }
  /** Of the control probe: nothing can be held to be down, or again. */
  | { service?: undefined; what: 'blind' | 'sees'; problem: string };

export function ofCertificate(
  service: string,
  check: Check,
  result: Result | undefined,
  { certificateDays, ...streak }: Streak,
  now: number,
): { streak: Streak; findings: Finding[] } {
  const told = certificateDays;
  const endsAt = result && 'certificateEndsAt' in result ? result.certificateEndsAt : undefined;
  if (check.kind !== 'http' || endsAt === undefined)
    return { streak: { ...streak, ...(told !== undefined && { certificateDays: told }) }, findings: [] };
  const { days, change } = judgeCertificate(endsAt, check.certificateDays, told, now);
  const about = { service, check: check.name };
  const findings: Finding[] =
    change === 'ending' && days !== undefined
      ? [{ ...about, what: change, days, endsAt }]
      : change === 'renewed'
        ? [{ ...about, what: change }]
        : [];
  return { streak: { ...streak, ...(days !== undefined && { certificateDays: days }) }, findings };
}

export function ofControl(change: Change, control: Result): Finding[] {
  const problem = control.outcome === 'ok' ? '' : control.problem;
  if (change.what === 'opened' || change.what === 'unseen') return [{ what: 'blind', problem }];
  if (change.what === 'closed' || change.what === 'seen') return [{ what: 'sees', problem }];
  return [];
}

/** What was down when the stage file stopped naming it: nobody will ever see it up again. */
export function ofUnnamed(
  { services: known }: WatchState,
  services: Record<string, ServiceWorkload>,
  now: number,
): Finding[] {
  return Object.entries(known).flatMap(([service, checks]) =>
    Object.entries(checks).flatMap(([check, { down }]): Finding[] =>
      down && !services[service]?.checks.some(({ name }) => name === check)
        ? [{ service, check, because: 'unnamed', what: 'closed', down, to: now }]
        : [],
    ),
  );
}
