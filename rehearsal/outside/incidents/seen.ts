import type { Check } from '../../../shared/stage/compiled.ts';
import type { Reached } from '../services.ts';
import { grown, type Incident, isDownBy } from './course.ts';

/** Ports that something else than the process answers: sshd, and nginx before it. */
const OF_THE_MACHINE = [22, 80, 443];
/** What a process that is dying answers after, at the end. */
const SLOWEST_MS = 15_000;

/** What somebody who asks from outside gets of it; undefined where it is as always. */
export function seenBy(incident: Incident, check: Check, now: number): Reached | undefined {
  const { kind } = incident;
  if (kind === 'slow-death' && check.kind === 'http' && now < incident.downFrom)
    return { status: check.status ?? 200, body: check.contains ?? 'OK', afterMs: slowness(incident, check, now) };
  if (!isDownBy(incident, now)) return undefined;
  if (kind === 'status-check' || kind === 'zone') return 'hangs';
  if (kind === 'certificate')
    return check.kind === 'http' && check.url.startsWith('https:') ? { error: 'CERT_HAS_EXPIRED' } : undefined;
  if (check.kind === 'tcp') return isDead(kind) && !OF_THE_MACHINE.includes(check.port) ? REFUSED : undefined;
  if (check.kind === 'heartbeat') return undefined;
  if (kind === 'disk-full') return { status: 500, body: 'no space left on device' };
  if (kind === 'hang' || kind === 'slow-death') return 'hangs';
  // Behind nginx what does not run is a bad gateway.
  return check.url.startsWith('https:') ? { status: 502, body: 'Bad Gateway' } : REFUSED;
}

const REFUSED = { error: 'ECONNREFUSED' };

/** Of one that hangs the kernel still takes connections. */
function isDead(kind: Incident['kind']): boolean {
  return kind === 'crash' || kind === 'flapping';
}

function slowness(incident: Incident, { kind, ...check }: Check, now: number): number {
  const within = 'withinSeconds' in check ? check.withinSeconds * 1000 : SLOWEST_MS;
  // At the end it takes as long as is waited for.
  return Math.round(grown(incident, now) ** 3 * within);
}
